import { App, Button, Popconfirm, Select } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFailureNotice } from '../../../app/use-failure-notice';
import { useFormat } from '../../../format/use-format';
import { useCodes } from '../../../i18n/use-codes';
import { useFieldName } from '../../drifts/hooks/use-field-name';
import { CardPicture } from '../../lists/card-cell';
import { useAccount } from '../../overview/hooks/use-overview';
import { useMay } from '../../session/hooks/use-may';
import { endRule, type IgnoreRule, readCover, setRuleEnd } from '../api/rules';

const DAY_MS = 86_400_000;
const DAYS = [7, 30, 90] as const;
const EXAMPLES = 5;

/** One rule: what it silences now, until when, and the ways to end it. */
export function RuleItem({ rule }: { readonly rule: IgnoreRule }) {
  const { t } = useTranslation();
  const format = useFormat();
  const code = useCodes();
  const fieldName = useFieldName();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const onError = useFailureNotice();
  const maySteer = useMay('steer');
  const account = useAccount(rule.account_id);
  const { data: cover } = useQuery({ queryKey: ['rule-cover', rule.id], queryFn: () => readCover(rule.id), retry: false, staleTime: 30_000 });
  const settled = { onError, onSettled: () => queries.invalidateQueries() };
  const end = useMutation({
    mutationFn: () => endRule(rule.id),
    onSuccess: ({ cards }) => void message.success(t('rules.ended', { count: cards, value: format.number(cards) })),
    ...settled,
  });
  const until = useMutation({
    mutationFn: (days: number) => setRuleEnd(rule.id, days === 0 ? null : new Date(Date.parse(account?.now ?? new Date().toISOString()) + days * DAY_MS).toISOString()),
    onSuccess: () => void message.success(t('rules.endSet')),
    ...settled,
  });
  return (
    <li className="entry">
      {rule.listing_id === null ? null : <CardPicture listingId={rule.listing_id} size={44} />}
      <div className="entry-text">
        <strong>{rule.path === null ? code('facet', rule.facet) : fieldName(rule.path)}</strong>
        <span>
          {rule.listing_id === null ? t('rules.wholeAccount', { account: account?.title ?? '' }) : <Link to={`/cards/${rule.listing_id}`}>{rule.sku ?? t('rules.card')}</Link>}
          {' · '}
          {rule.reason}
        </span>
        <span className="quiet small">
          {rule.author} · {format.dateTime(rule.created_at)} · {rule.expires_at === null ? t('rules.forever') : t('rules.until', { at: format.dateTime(rule.expires_at) })}
        </span>
        {cover === undefined ? null : (
          <span className="small">
            {t('rules.cover', { count: cover.cards, value: format.number(cover.cards) })}
            {cover.examples.length === 0 ? '' : `: ${cover.examples.slice(0, EXAMPLES).join(', ')}${cover.cards > EXAMPLES ? '…' : ''}`}
          </span>
        )}
      </div>
      <div className="entry-acts">
        <Select<number>
          className="rule-end"
          popupMatchSelectWidth={false}
          aria-label={t('rules.setEnd')}
          placeholder={t('rules.setEnd')}
          value={null}
          disabled={!maySteer}
          loading={until.isPending}
          onChange={(days) => until.mutate(days)}
          options={[...DAYS.map((days) => ({ value: days as number, label: t('ignore.days', { count: days }) })), { value: 0, label: t('ignore.forever') }]}
        />
        <Popconfirm title={t('rules.endTitle')} description={t('rules.endHint')} okText={t('rules.end')} cancelText={t('action.cancel')} onConfirm={() => end.mutate()}>
          <Button danger loading={end.isPending} disabled={!maySteer} title={maySteer ? undefined : t('problem.not-allowed.title')}>
            {t('rules.end')}
          </Button>
        </Popconfirm>
      </div>
    </li>
  );
}
