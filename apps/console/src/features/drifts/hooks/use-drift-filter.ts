import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { DRIFT_VIEWS, type DriftFilter, type DriftView } from '../api/drifts';

function isView(value: string | null): value is DriftView {
  return value !== null && value in DRIFT_VIEWS;
}

/** What the list shows, kept in the address so that it can be shared and survives a reload. */
export function useDriftFilter(): readonly [DriftFilter, (change: Partial<Record<'view' | 'kind' | 'cause' | 'text', string | undefined>>) => void] {
  const [params, setParams] = useSearchParams();
  const asked = params.get('show');
  const kind = params.get('kind') ?? undefined;
  const cause = params.get('cause') ?? undefined;
  const text = params.get('text') ?? undefined;
  const view = isView(asked) ? asked : 'all';
  const filter = useMemo(() => ({ view, kind, cause, text }), [view, kind, cause, text]);
  const change = useCallback(
    (values: Partial<Record<'view' | 'kind' | 'cause' | 'text', string | undefined>>) =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          for (const [key, value] of Object.entries(values)) {
            const name = key === 'view' ? 'show' : key;
            if (value === undefined || value === '') next.delete(name);
            else next.set(name, value);
          }
          return next;
        },
        { replace: true },
      ),
    [setParams],
  );
  return [filter, change];
}
