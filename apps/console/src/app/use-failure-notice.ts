import { useCallback } from 'react';
import { App } from 'antd';
import { useProblemText } from './use-problem-text';

/** Tells a refusal in the corner, in the reader's language, with what to do next. */
export function useFailureNotice(): (error: unknown) => void {
  const { notification } = App.useApp();
  const problemText = useProblemText();
  return useCallback(
    (error) => {
      const { title, next } = problemText(error);
      notification.error({ title, description: next });
    },
    [notification, problemText],
  );
}
