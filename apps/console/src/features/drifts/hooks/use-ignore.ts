import { App } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../../../app/use-problem-text';
import { createIgnore, type Drift, type IgnoreDraft, type IgnorePreview, previewIgnore } from '../api/drifts';

export type IgnoreScope = 'card' | 'account';

export interface IgnoreChoice {
  readonly scope: IgnoreScope;
  /** '': the whole facet. */
  readonly path: string;
  readonly reason: string;
  /** 0: no end. */
  readonly days: number;
}

const DAY_MS = 86_400_000;

function draftOf(drift: Drift, { scope, path, reason, days }: IgnoreChoice, now: number | undefined): IgnoreDraft {
  return {
    account: drift.account_id,
    facet: drift.facet,
    reason,
    ...(scope === 'card' ? { listing: drift.listing_id } : {}),
    ...(path === '' ? {} : { path }),
    ...(days === 0 ? {} : { expires_at: new Date((now ?? Date.now()) + days * DAY_MS).toISOString() }),
  };
}

/** What a rule would silence, told before it is made. */
export function useIgnore(
  drift: Drift,
  choice: IgnoreChoice,
  now: number | undefined,
  done: () => void,
): {
  readonly preview: IgnorePreview | undefined;
  readonly previewProblem: unknown;
  readonly busy: boolean;
  create(): void;
} {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { notification, message } = App.useApp();
  const problemText = useProblemText();
  const { data, error } = useQuery({
    queryKey: ['ignore-preview', drift.id, choice.scope, choice.path],
    queryFn: () => previewIgnore(draftOf(drift, { ...choice, reason: '—', days: 0 }, undefined)),
    retry: false,
  });
  const { mutate, isPending } = useMutation({
    mutationFn: () => createIgnore(draftOf(drift, choice, now)),
    onSuccess: ({ cards }) => {
      void message.success(t('ignore.done', { count: cards }));
      void queries.invalidateQueries();
      done();
    },
    onError: (failure) => {
      const { title, next } = problemText(failure);
      notification.error({ title, description: next });
    },
  });
  return { preview: data, previewProblem: error, busy: isPending, create: () => mutate() };
}
