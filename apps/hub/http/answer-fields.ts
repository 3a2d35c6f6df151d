import type { Type } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';

interface FieldOptions {
  readonly nullable?: boolean;
  readonly optional?: boolean;
  readonly description?: string;
}

function field(schema: Readonly<Record<string, unknown>>, { nullable, optional, description }: FieldOptions = {}): PropertyDecorator {
  return ApiProperty({
    ...schema,
    ...(nullable === true ? { nullable } : {}),
    ...(optional === true ? { required: false } : {}),
    ...(description === undefined ? {} : { description }),
  });
}

/** A 64-bit id, as decimal text. */
export const IdField = (options?: FieldOptions): PropertyDecorator => field({ type: 'string', pattern: '^\\d{1,19}$' }, options);
export const TextField = (options?: FieldOptions): PropertyDecorator => field({ type: 'string' }, options);
/** An instant, ISO 8601 UTC. */
export const TimeField = (options?: FieldOptions): PropertyDecorator => field({ type: 'string', format: 'date-time' }, options);
export const WholeField = (options?: FieldOptions): PropertyDecorator => field({ type: 'integer' }, options);
export const NumberField = (options?: FieldOptions): PropertyDecorator => field({ type: 'number' }, options);
export const YesNoField = (options?: FieldOptions): PropertyDecorator => field({ type: 'boolean' }, options);
export const OneOfField = (values: readonly string[], options?: FieldOptions): PropertyDecorator => field({ type: 'string', enum: [...values] }, options);
export const TextsField = (options?: FieldOptions): PropertyDecorator => field({ type: 'array', items: { type: 'string' } }, options);
/** A document whose shape is its owner's: any JSON value. */
export const AnyField = (options?: FieldOptions): PropertyDecorator => field({ type: undefined, oneOf: [{}] }, options);
/** An object with values of one kind under names that are data. */
export const MapField = (value: Readonly<Record<string, unknown>>, options?: FieldOptions): PropertyDecorator => field({ type: 'object', additionalProperties: value }, options);
export const PartField = (part: Type, options?: FieldOptions): PropertyDecorator => field({ type: part }, options);
export const ListField = (part: Type, options?: FieldOptions): PropertyDecorator => field({ type: part, isArray: true }, options);

/** The bytes of a file. */
export const FILE = { type: 'string', format: 'binary' } as const;

function named(name: string, made: Type): void {
  Object.defineProperty(made, 'name', { value: name });
}

/** A whole list. */
export function listOf(item: Type): Type {
  class List {
    @ListField(item)
    readonly items!: readonly unknown[];
  }
  named(`${item.name.replace(/Dto$/, '')}List`, List);
  return List;
}

/** One page of a list; `next_cursor` is null on the last. */
export function pageOf(item: Type): Type {
  class Page {
    @ListField(item)
    readonly items!: readonly unknown[];

    @TextField({ nullable: true, description: 'for the next page' })
    readonly next_cursor!: string | null;
  }
  named(`${item.name.replace(/Dto$/, '')}Page`, Page);
  return Page;
}
