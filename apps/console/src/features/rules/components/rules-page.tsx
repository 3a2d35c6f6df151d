import { Skeleton } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../../../app/problem-notice';
import { readRules } from '../api/rules';
import { RuleItem } from './rule-item';

const LIVE_MS = 10_000;

/** What does not count as drift, by whose word, and until when. */
export function RulesPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({ queryKey: ['ignore-rules'], queryFn: readRules, refetchInterval: LIVE_MS });
  return (
    <div className="settings">
      <header className="page-head">
        <h1>{t('rules.title')}</h1>
      </header>
      <section className="panel entries-panel">
        <p className="quiet">{t('rules.lead')}</p>
        {error !== null ? <ProblemNotice problem={error} onRetry={() => void refetch()} /> : null}
        {data === undefined && error === null ? <Skeleton active /> : null}
        {data?.length === 0 ? (
          <div className="all-well plain">
            <h3>{t('rules.none')}</h3>
            <p className="quiet">{t('rules.make')}</p>
          </div>
        ) : null}
        <ul className="entries">
          {data?.map((rule) => (
            <RuleItem key={rule.id} rule={rule} />
          ))}
        </ul>
      </section>
    </div>
  );
}
