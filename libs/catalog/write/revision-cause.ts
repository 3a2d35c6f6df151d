/** Why a revision came to be; `kind` is closed, the rest names the occasion (a file, a revision restored, a seed). */
export interface RevisionCause {
  readonly kind: 'person' | 'import' | 'restore' | 'bulk' | 'bulk-undo' | 'rejection' | 'demo' | '1c' | 'adopt';
  readonly [detail: string]: string | number | boolean | readonly string[];
}
