import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../../../app/problem-notice';
import { DriftDrawer } from '../../drifts/components/drift-drawer';
import { WorkPanel } from '../../drifts/components/work-panel';
import { ListingDrawer } from '../../listings/components/listing-drawer';
import { useStatus } from '../hooks/use-overview';
import { AccountCard } from './account-card';
import { DemoBar } from './demo-bar';
import { FirstRun } from './first-run';
import './overview.css';

export function OverviewPage() {
  const { t } = useTranslation();
  const { data: status, error, refetch } = useStatus();
  if (status === undefined) return error === null ? <Skeleton active paragraph={{ rows: 8 }} /> : <ProblemNotice problem={error} onRetry={() => void refetch()} />;
  return (
    <div className="overview">
      {error === null ? null : <ProblemNotice problem={error} onRetry={() => void refetch()} />}
      <DemoBar status={status} />
      <FirstRun status={status} />
      {status.accounts.map((account) => (
        <AccountCard key={account.id} account={account} />
      ))}
      {status.accounts.length === 0 ? (
        <section className="panel empty-hub">
          <h2>{t('empty.noAccounts.title')}</h2>
          <p className="quiet">{t('empty.noAccounts.next')}</p>
          <code>npm run -s etalon -- account add ozon --set clientId=… --set apiKey=…</code>
        </section>
      ) : (
        <WorkPanel status={status} />
      )}
      <DriftDrawer status={status} />
      <ListingDrawer status={status} />
    </div>
  );
}
