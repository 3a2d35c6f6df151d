/**
 * A finding about a value, addressed to a person: `path` names the field ("attributes.10096"), `code` is the key of the
 * translated text, `params` fill it. The channel's own words, when there are any, travel in `params.message`.
 */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly path: string;
  readonly code: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((d) => d.severity === 'error');
}
