import { App } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { post } from '../../../app/http';
import { useProblemText } from '../../../app/use-problem-text';

/** The switches of an account that the page offers. */
export function useAccountSteering(account: string): { release(): void; resume(): void; look(): void; readonly busy: boolean } {
  const queries = useQueryClient();
  const { notification } = App.useApp();
  const problemText = useProblemText();
  const { mutate, isPending } = useMutation({
    mutationFn: (act: 'release-brake' | 'resume' | 'sweep') => post(`/api/accounts/${encodeURIComponent(account)}/${act}`),
    onError: (error) => {
      const { title, next } = problemText(error);
      notification.error({ title, description: next });
    },
    onSettled: () => queries.invalidateQueries(),
  });
  return { release: () => mutate('release-brake'), resume: () => mutate('resume'), look: () => mutate('sweep'), busy: isPending };
}
