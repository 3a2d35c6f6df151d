import { Injectable, type PipeTransform } from '@nestjs/common';
import { faulty } from './problem.js';

/** A 64-bit id in a path, kept as text. */
@Injectable()
export class IdPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!/^[1-9]\d{0,17}$/.test(value)) throw faulty({ field: 'id', value: value.slice(0, 50), code: 'id' });
    return value;
  }
}
