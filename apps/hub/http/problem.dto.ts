import { AnyField, ListField, TextField, WholeField } from './answer-fields.js';

class FieldFaultDto {
  @TextField()
  readonly field!: string;

  @AnyField({ optional: true, description: 'what was found there; never a secret' })
  readonly value?: unknown;

  @TextField({ optional: true, description: 'what is wrong, for programs' })
  readonly code?: string;

  @TextField({ optional: true })
  readonly message?: string;

  @TextField({ optional: true })
  readonly remedy?: string;
}

/** RFC 9457. `code` (and `reason`) are stable; the texts come in the language of Accept-Language: ru, en or zh. */
export class ProblemDto {
  @TextField()
  readonly type!: string;

  @TextField()
  readonly title!: string;

  @WholeField()
  readonly status!: number;

  @TextField()
  readonly code!: string;

  @TextField({ optional: true, description: 'what exactly stands in the way, where one code has several causes' })
  readonly reason?: string;

  @TextField({ optional: true })
  readonly detail?: string;

  @TextField({ optional: true, description: 'what to do' })
  readonly remedy?: string;

  @TextField({ optional: true })
  readonly instance?: string;

  @ListField(FieldFaultDto, { optional: true })
  readonly errors?: readonly FieldFaultDto[];
}
