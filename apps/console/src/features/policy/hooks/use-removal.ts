import { App } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { STATUS } from '../../live/live-keys';
import type { AccountView, HubStatus } from '../../overview/api/status';
import { type AccountRemoval, previewRemoval, removeAccount } from '../api/removal';

const PREVIEW_MS = 3_000;

interface Removal {
  /** As it stands now: calls end while one reads. */
  readonly preview: AccountRemoval | undefined;
  readonly problem: unknown;
  readonly busy: boolean;
  remove(abandon: boolean): void;
}

/** Lets go of an account and leads to the overview. */
export function useRemoval({ id, title }: AccountView): Removal {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: (abandon: boolean) => removeAccount(id, abandon),
    onSuccess: () => {
      // The overview would show its card, and ask for its figures, until the hub tells the next status.
      queries.setQueryData<HubStatus>(STATUS, (status) => status && { ...status, accounts: status.accounts.filter((account) => account.id !== id) });
      void message.success(t('removal.done', { title }));
      void navigate('/');
    },
    // Whatever asks for the account by its number would only hear that it is gone.
    onSettled: () => queries.invalidateQueries({ predicate: ({ queryKey }) => !queryKey.includes(id) }),
  });
  const asked = useQuery({
    queryKey: ['removal', id],
    queryFn: () => previewRemoval(id),
    enabled: !isPending && !isSuccess,
    refetchInterval: PREVIEW_MS,
    retry: false,
    staleTime: 0,
  });
  return { preview: asked.data, problem: error ?? asked.error, busy: isPending || isSuccess, remove: mutate };
}
