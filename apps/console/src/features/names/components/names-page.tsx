import { useState } from 'react';
import { Button, Skeleton } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { ProblemNotice } from '../../../app/problem-notice';
import { useFormat } from '../../../format/use-format';
import { useAccount } from '../../overview/hooks/use-overview';
import { useMay } from '../../session/hooks/use-may';
import { type AccountRules, readAccountRules, readChoices, type TableChoices } from '../api/account-rules';
import { useRulesDraft } from '../hooks/use-rules-draft';
import { NamesTable } from './names-table';
import { RulesPreviewModal } from './rules-preview-modal';
import './names-page.css';

function Tables({ account, saved, choices }: { readonly account: string; readonly saved: AccountRules; readonly choices: readonly TableChoices[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const draft = useRulesDraft(saved);
  const maySteer = useMay('steer');
  const [asking, setAsking] = useState(false);
  const { changes } = draft;
  return (
    <>
      {maySteer ? null : <p className="why-waits">{t('problem.not-allowed.next')}</p>}
      {choices.map((one) => (
        <NamesTable key={one.table} choices={one} draft={draft} disabled={!maySteer} />
      ))}
      {choices.some(({ table }) => table === 'warehouses') ? null : (
        <section className="panel settings-part" aria-label={t('names.warehouses.title')}>
          <h2>{t('names.warehouses.title')}</h2>
          <p className="quiet">{t('names.oneWarehouse')}</p>
        </section>
      )}
      <section className="panel settings-part" aria-label={t('names.price.title')}>
        <h2>{t('names.price.title')}</h2>
        <p className="quiet">{t('names.price.text')}</p>
      </section>
      <div className={changes === 0 ? 'panel names-bar' : 'panel names-bar stuck'} role="status">
        <span className="grow">{changes === 0 ? t('names.unchanged') : t('names.changes', { count: changes, value: format.number(changes) })}</span>
        <Button disabled={changes === 0} onClick={draft.reset}>
          {t('names.reset')}
        </Button>
        <Button type="primary" disabled={!maySteer || changes === 0} onClick={() => setAsking(true)}>
          {t('names.preview')}
        </Button>
      </div>
      {asking ? (
        <RulesPreviewModal
          account={account}
          tables={draft.tables}
          onClose={() => setAsking(false)}
          onSaved={() => {
            setAsking(false);
            draft.reset();
          }}
        />
      ) : null}
    </>
  );
}

/** What an account's channel calls the catalog's categories and attributes, and where the stock of each warehouse goes. */
export function NamesPage() {
  const { t } = useTranslation();
  const { accountId = '' } = useParams();
  const account = useAccount(accountId);
  const rules = useQuery({ queryKey: ['account-rules', accountId], queryFn: () => readAccountRules(accountId) });
  const choices = useQuery({ queryKey: ['rule-choices', accountId], queryFn: () => readChoices(accountId), staleTime: 60_000 });
  const problem = rules.error ?? choices.error;
  return (
    <div className="settings">
      <header className="page-head">
        <Link to={`/accounts/${accountId}`}>← {account?.title ?? t('account.settings')}</Link>
        <h1>{t('names.title')}</h1>
      </header>
      <p className="quiet">{t('names.lead')}</p>
      {problem === null ? null : <ProblemNotice problem={problem} onRetry={() => void Promise.all([rules.refetch(), choices.refetch()])} />}
      {rules.data === undefined || choices.data === undefined ? (
        problem === null ? (
          <Skeleton active paragraph={{ rows: 8 }} />
        ) : null
      ) : (
        <Tables account={accountId} saved={rules.data} choices={choices.data} />
      )}
    </div>
  );
}
