import { App } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../../../app/use-problem-text';
import { approveDrift, type Drift, freezeListing, retryDrift } from '../api/drifts';
import { downloadPack } from '../api/evidence-pack';

type Act = 'approve' | 'retry' | 'hold' | 'thaw' | 'pack';

const HOLD_MS = 86_400_000;

/** What a person may do with one drift; `now` is the account's present time, ms. */
export function useDriftSteering(drift: Drift, now: number | undefined): { do(act: Act): void; readonly busy: Act | undefined } {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { notification, message } = App.useApp();
  const problemText = useProblemText();
  const { mutate, isPending, variables } = useMutation({
    mutationFn: async (act: Act): Promise<void> => {
      if (act === 'approve') await approveDrift(drift.id);
      else if (act === 'retry') await retryDrift(drift.id);
      else if (act === 'hold') await freezeListing(drift.listing_id, new Date((now ?? Date.now()) + HOLD_MS).toISOString());
      else if (act === 'thaw') await freezeListing(drift.listing_id, null);
      else await downloadPack(drift.account_id, drift.id);
    },
    onSuccess: (_nothing, act) => {
      void message.success(t(`steer.${act}.done`));
      void queries.invalidateQueries();
    },
    onError: (error) => {
      const { title, next } = problemText(error);
      notification.error({ title, description: next });
    },
  });
  return { do: mutate, busy: isPending ? variables : undefined };
}
