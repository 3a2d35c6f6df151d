import { TextField, WholeField } from '../http/answer-fields.js';

/** A picture in the store, known by its content. */
export class StoredPictureDto {
  @TextField({ description: 'SHA-256 of its bytes' })
  readonly digest!: string;

  @TextField()
  readonly mime!: string;

  @WholeField({ description: 'pixels' })
  readonly width!: number;

  @WholeField({ description: 'pixels' })
  readonly height!: number;

  @WholeField()
  readonly bytes!: number;

  @TextField({ description: 'its address on this hub' })
  readonly url!: string;
}
