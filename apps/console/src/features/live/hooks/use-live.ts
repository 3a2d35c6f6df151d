import { useEffect, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { DRIFT_SUMMARY, STATUS, SWEEPS } from '../live-keys';

const KEYS = { status: STATUS, drifts: DRIFT_SUMMARY, sweeps: SWEEPS } as const;
const AGAIN_MS = 3_000;

/** Follows the hub's event stream into the query cache; true while the stream is open. Stands once, in the shell. */
export function useLive(): boolean {
  const queries = useQueryClient();
  const [live, setLive] = useState(false);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const stream = new EventSource('/api/events');
    let again: number | undefined;
    stream.addEventListener('open', () => setLive(true));
    for (const [name, key] of Object.entries(KEYS)) {
      stream.addEventListener(name, (event: MessageEvent<string>) => queries.setQueryData(key, JSON.parse(event.data)));
    }
    stream.addEventListener('error', () => {
      setLive(false);
      // The browser gives up for good when it was answered with a refusal; a hub that restarts answers so for a moment.
      if (stream.readyState === EventSource.CLOSED) again ??= window.setTimeout(() => setAttempt((count) => count + 1), AGAIN_MS);
    });
    return () => {
      window.clearTimeout(again);
      stream.close();
    };
  }, [queries, attempt]);
  return live;
}
