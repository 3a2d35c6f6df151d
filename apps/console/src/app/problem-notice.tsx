import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useProblemText } from './use-problem-text';

export function ProblemNotice({ problem, onRetry }: { readonly problem: unknown; readonly onRetry?: () => void }) {
  const { t } = useTranslation();
  const { title, next } = useProblemText()(problem);
  return <Alert type="error" showIcon title={title} description={next} action={onRetry === undefined ? undefined : <Button onClick={onRetry}>{t('action.tryAgain')}</Button>} />;
}
