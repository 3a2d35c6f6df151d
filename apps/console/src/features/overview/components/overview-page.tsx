import { Skeleton } from 'antd';
import { ProblemNotice } from '../../../app/problem-notice';
import { DriftDrawer } from '../../drifts/components/drift-drawer';
import { WorkPanel } from '../../drifts/components/work-panel';
import { ListingDrawer } from '../../listings/components/listing-drawer';
import { useStatus } from '../hooks/use-overview';
import { AccountCard } from './account-card';
import { DemoBar } from './demo-bar';
import { FirstRun } from './first-run';
import { NoAccounts } from './no-accounts';
import './overview.css';

export function OverviewPage() {
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
      {status.accounts.length === 0 ? <NoAccounts /> : <WorkPanel status={status} />}
      <DriftDrawer status={status} />
      <ListingDrawer status={status} />
    </div>
  );
}
