import { Alert, Button, Checkbox } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFailureNotice } from '../../../app/use-failure-notice';
import { useFormat } from '../../../format/use-format';
import type { AccountView } from '../../overview/api/status';
import { pauseAccount } from '../api/policy';
import type { AccountRemoval } from '../api/removal';

interface Props {
  readonly account: AccountView;
  readonly removal: AccountRemoval;
  readonly abandon: boolean;
  onAbandon(abandon: boolean): void;
}

/** What stands in the way of a removal, and what ends it. */
export function RemovalObstacles({ account, removal: { calls, jobs }, abandon, onAbandon }: Props) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const queries = useQueryClient();
  const onError = useFailureNotice();
  const { mutate, isPending } = useMutation({
    mutationFn: () => pauseAccount(account.id, t('removal.pauseReason'), undefined),
    onError,
    onSettled: () => queries.invalidateQueries({ queryKey: ['accounts'] }),
  });
  const paused = account.state === 'paused';
  return (
    <>
      {jobs === 0 ? null : <Alert type="warning" showIcon title={t('removal.jobs', { count: jobs, value: number(jobs) })} description={t('removal.jobsNext')} />}
      {calls === 0 ? null : (
        <Alert
          type="warning"
          showIcon
          title={t('removal.calls', { count: calls, value: number(calls) })}
          description={
            <div className="removal-way">
              <p>{t(paused ? 'removal.callsWait' : 'removal.callsNext')}</p>
              {paused ? null : (
                <Button loading={isPending} onClick={() => mutate()}>
                  {t('freeze.act')}
                </Button>
              )}
              <Checkbox checked={abandon} onChange={(event) => onAbandon(event.target.checked)}>
                {t('removal.abandon')}
              </Checkbox>
            </div>
          }
        />
      )}
    </>
  );
}
