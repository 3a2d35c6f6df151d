import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { HubProblem } from './http';

export interface ProblemText {
  readonly title: string;
  /** What to do next. */
  readonly next: string;
}

/** The hub's refusals in the reader's language by their code; the hub's own words where there is no text for the code. */
export function useProblemText(): (error: unknown) => ProblemText {
  const { t } = useTranslation();
  return useCallback(
    (error) => {
      if (!(error instanceof HubProblem)) return { title: t('problem.unexpected.title'), next: t('problem.unexpected.next') };
      const title = t(`problem.${error.code}.title`, { defaultValue: error.title });
      const own = [error.detail, error.remedy];
      const next = own.filter((part) => part !== undefined).join(' ');
      // The hub words a reason better than a text for its whole code does.
      const spoken = error.reason === undefined ? `problem.${error.code}.next` : `problem.${error.reason}.next`;
      return { title, next: t(spoken, { defaultValue: next === '' ? t('problem.unexpected.next') : next }) };
    },
    [t],
  );
}
