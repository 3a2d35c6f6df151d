import { App, Button } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFailureNotice } from '../../../app/use-failure-notice';
import type { AccountView, Mode } from '../../overview/api/status';
import { setPolicy } from '../api/policy';

/** Modes to set, by facet. */
type Modes = Readonly<Record<string, Mode>>;

const UNDO_SECONDS = 12;

/** Sets modes, and offers to put them back as they were. */
export function usePolicyChange(account: AccountView): { set(modes: Modes): Promise<void>; readonly busy: boolean } {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { notification } = App.useApp();
  const onError = useFailureNotice();
  const { mutateAsync, isPending } = useMutation({
    mutationFn: async ({ modes }: { readonly modes: Modes; readonly undo?: Modes }): Promise<void> => {
      for (const [facet, mode] of Object.entries(modes)) await setPolicy(account.id, facet, mode);
    },
    onSuccess: (_nothing, { undo }) => {
      const key = 'policy';
      if (undo === undefined) {
        notification.success({ key, title: t('policy.undone') });
        return;
      }
      const back = (): void => void mutateAsync({ modes: undo });
      notification.success({
        key,
        title: t('policy.done'),
        duration: UNDO_SECONDS,
        actions: (
          <Button autoFocus onClick={back}>
            {t('policy.undo')}
          </Button>
        ),
      });
    },
    onError,
    onSettled: () => queries.invalidateQueries(),
  });
  return {
    set: (modes) => mutateAsync({ modes, undo: Object.fromEntries(Object.keys(modes).map((facet) => [facet, account.modes[facet] ?? 'observe'])) }),
    busy: isPending,
  };
}
