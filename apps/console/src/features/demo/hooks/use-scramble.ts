import { useState } from 'react';
import { App } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useProblemText } from '../../../app/use-problem-text';
import { type AccountFigures, readFigures } from '../../overview/api/status';
import { scramble, type Scrambled, type ScrambleOrder } from '../api/scramble';

/** What was done, and how the figures stood just before, so that what follows can be counted. */
export interface ScrambleRun extends Scrambled {
  readonly before: Pick<AccountFigures, 'noticed' | 'healed'>;
  readonly startedAt: number;
}

export function useScramble(account: string | undefined): {
  readonly last: ScrambleRun | undefined;
  readonly busy: boolean;
  start(order: ScrambleOrder, done: () => void): void;
  forget(): void;
} {
  const queries = useQueryClient();
  const { notification } = App.useApp();
  const problemText = useProblemText();
  const [last, setLast] = useState<ScrambleRun>();
  const { mutate, isPending } = useMutation({
    mutationFn: async (order: ScrambleOrder): Promise<ScrambleRun> => {
      const before = account === undefined ? { noticed: 0, healed: 0 } : await readFigures(account);
      return { ...(await scramble(order)), before, startedAt: Date.now() };
    },
    onSuccess: (run) => {
      setLast(run);
      void queries.invalidateQueries();
    },
    onError: (error) => {
      const { title, next } = problemText(error);
      notification.error({ title, description: next });
    },
  });
  return { last, busy: isPending, start: (order, done) => mutate(order, { onSuccess: done }), forget: () => setLast(undefined) };
}
