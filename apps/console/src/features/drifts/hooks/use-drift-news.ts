import { useEffect, useRef } from 'react';
import { useQuery } from '@tanstack/react-query';
import { DRIFT_SUMMARY } from '../../live/live-keys';
import { type DriftSummary, readDriftSummary } from '../api/drifts';

const MOST_OFTEN_MS = 1_000;
const WHILE_OPEN_MS = 3_000;
const FEW_LEFT_MS = 15_000;

export function useDriftSummary(): DriftSummary | undefined {
  return useQuery({ queryKey: DRIFT_SUMMARY, queryFn: readDriftSummary, staleTime: 10_000 }).data;
}

/**
 * Calls back when drifts have come, gone or moved on: at once, though no more than once a second. A drift that only changes its state is not
 * told by the event stream, so while some are open it also calls back from time to time.
 */
export function useDriftNews(onNews: () => void): void {
  const summary = useDriftSummary();
  const open = summary?.open ?? 0;
  const lastAt = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, lastAt.current + MOST_OFTEN_MS - Date.now());
    const timer = window.setTimeout(() => {
      lastAt.current = Date.now();
      onNews();
    }, wait);
    return () => window.clearTimeout(timer);
  }, [summary, onNews]);
  useEffect(() => {
    const timer = window.setInterval(
      () => {
        if (!document.hidden) onNews();
      },
      open > 0 ? WHILE_OPEN_MS : FEW_LEFT_MS,
    );
    return () => window.clearInterval(timer);
  }, [open, onNews]);
}
