import type { CabinetOffice } from './cabinet.js';

interface Site {
  readonly cabinet: CabinetOffice;
}

/** "2026-11-22T09:00:00", UTC. */
export const gmt = (ms: number): string => new Date(ms).toISOString().slice(0, 19);

/** The same moment on the wall clock of the site. */
export const local = ({ cabinet }: Site, ms: number): string => gmt(ms + cabinet.current.utc_offset_minutes * 60_000);

/** A moment as sent: with a zone of its own, or in the site's time, or in UTC when told so. undefined for what is none. */
export function momentOf({ cabinet }: Site, value: string, isGmt: boolean): number | undefined {
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(value);
  const ms = Date.parse(zoned ? value : `${value.includes('T') ? value : `${value}T00:00:00`}Z`);
  if (Number.isNaN(ms)) return undefined;
  return zoned || isGmt ? ms : ms - cabinet.current.utc_offset_minutes * 60_000;
}

export const wholeSecond = (ms: number): number => Math.floor(ms / 1000) * 1000;
