/** Compiles what the global setup needs; `url` is that of the entry, `folder` is to be deleted afterwards. */
export function compilePlatform(entry: string): { readonly url: string; readonly folder: string };
