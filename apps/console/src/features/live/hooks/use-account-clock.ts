import { useEffect, useRef, useState } from 'react';

interface Reading {
  readonly server: number;
  readonly here: number;
}

const FASTEST = 1_000;

/**
 * The account's present time (ms), running on between two readings at the speed seen between them: a sandbox's clock runs faster than the wall's.
 * `reading` is the newest time the hub told; undefined until the first.
 */
export function useAccountClock(reading: string | undefined, everyMs = 1_000): { readonly now: number; readonly rate: number } | undefined {
  const last = useRef<Reading | undefined>(undefined);
  const rate = useRef(1);
  const [now, setNow] = useState<number | undefined>(undefined);
  useEffect(() => {
    if (reading === undefined) return;
    const next = { server: Date.parse(reading), here: performance.now() };
    const before = last.current;
    if (before !== undefined && next.here - before.here > 500) rate.current = Math.min(FASTEST, Math.max(0, (next.server - before.server) / (next.here - before.here)));
    last.current = next;
    setNow(next.server);
  }, [reading]);
  useEffect(() => {
    const timer = window.setInterval(() => {
      const from = last.current;
      if (from !== undefined) setNow(from.server + (performance.now() - from.here) * rate.current);
    }, everyMs);
    return () => window.clearInterval(timer);
  }, [everyMs]);
  return now === undefined ? undefined : { now, rate: rate.current };
}
