import { Skeleton } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { HubProblem } from '../../../app/http';
import { ProblemNotice } from '../../../app/problem-notice';
import { readAccounts } from '../../overview/api/status';
import { FreezePanel } from './freeze-panel';
import { HooksPanel } from './hooks-panel';
import { PolicyTable } from './policy-table';
import { QuietHours } from './quiet-hours';
import { RemovalPanel } from './removal-panel';
import './account-page.css';

const ACCOUNTS_MS = 5_000;

/** Everything a person decides about one account. */
export function AccountPage() {
  const { t } = useTranslation();
  const { accountId } = useParams();
  const { data, error, refetch } = useQuery({ queryKey: ['accounts'], queryFn: readAccounts, refetchInterval: ACCOUNTS_MS });
  if (error !== null) return <ProblemNotice problem={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton active paragraph={{ rows: 8 }} />;
  const account = data.find((one) => one.id === accountId);
  if (account === undefined) return <ProblemNotice problem={new HubProblem(404, 'not-found', t('problem.not-found.title'))} />;
  return (
    <div className="settings">
      <header className="page-head">
        <Link to="/">← {t('nav.overview')}</Link>
        <h1>{account.title}</h1>
      </header>
      <PolicyTable account={account} />
      <QuietHours key={`${account.id}/${account.quiet_hours?.from ?? ''}/${account.quiet_hours?.to ?? ''}`} account={account} />
      <FreezePanel account={account} />
      <HooksPanel accountId={account.id} />
      <section className="panel settings-part" aria-label={t('names.title')}>
        <h2>{t('names.title')}</h2>
        <p className="quiet">{t('names.lead')}</p>
        <p>
          <Link to={`/accounts/${account.id}/names`}>{t('names.open')}</Link>
        </p>
      </section>
      <RemovalPanel account={account} />
    </div>
  );
}
