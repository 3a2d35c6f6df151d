import { MapField, OneOfField, TextField } from './answer-fields.js';

/** A finding with a stable code, addressed by the path of the field it is about. */
export class DiagnosticDto {
  @OneOfField(['error', 'warning', 'info'])
  readonly severity!: string;

  @TextField({ description: 'empty: about the whole' })
  readonly path!: string;

  @TextField()
  readonly code!: string;

  @MapField({}, { optional: true, description: 'values of its text' })
  readonly params?: Readonly<Record<string, unknown>>;

  @TextField({ optional: true, description: 'what it says, in the language of the reader' })
  readonly text?: string;
}
