import type { AppConfig } from '#platform';

/** Hosts of the own network, as `host:port`, that files and pictures may be fetched from though they are not public. */
export function privateHosts({ imports }: AppConfig): readonly string[] {
  return imports.privateHosts?.split(',') ?? [];
}
