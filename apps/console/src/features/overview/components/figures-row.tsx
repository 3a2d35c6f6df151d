import type { ReactNode } from 'react';
import { Button, Popover, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../format/use-format';
import { useCodes } from '../../../i18n/use-codes';
import { EyeIcon } from '../../../icons/action-icons';
import type { AccountFigures, AccountStatus } from '../api/status';
import { useAccountSteering } from '../hooks/use-account-steering';
import { useFigures } from '../hooks/use-overview';

function Figure({ name, value, more }: { readonly name: string; readonly value: ReactNode; readonly more?: ReactNode }) {
  const shown = (
    <div className={more === undefined ? 'figure' : 'figure has-more'} tabIndex={more === undefined ? undefined : 0}>
      <span className="quiet">{name}</span>
      <strong>{value}</strong>
    </div>
  );
  return more === undefined ? (
    shown
  ) : (
    <Popover trigger={['hover', 'focus']} content={more}>
      {shown}
    </Popover>
  );
}

function SweepAges({ ages }: { readonly ages: AccountStatus['sweep_age_seconds'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const code = useCodes();
  return (
    <table className="pairs">
      <tbody>
        {Object.entries(ages).map(([facet, age]) => (
          <tr key={facet}>
            <th>{code('facet', facet)}</th>
            <td>{age === null ? t('figures.notYet') : t('figures.ago', { age: format.duration(age) })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Budget({ budget }: { readonly budget: AccountFigures['budget'] }) {
  const format = useFormat();
  const code = useCodes();
  return (
    <table className="pairs budget">
      <tbody>
        {budget.map(({ bucket, left, limit }) => (
          <tr key={bucket}>
            <th>{code('bucket', bucket)}</th>
            <td>
              {format.number(Math.floor(left))} / {format.number(limit)}
            </td>
            <td className="budget-bar">
              <Progress percent={limit === 0 ? 0 : (100 * left) / limit} showInfo={false} size="small" />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function FiguresRow({ account }: { readonly account: AccountStatus }) {
  const { t } = useTranslation();
  const format = useFormat();
  const figures = useFigures(account.id);
  const { look, busy } = useAccountSteering(account.id);
  const read = Object.values(account.sweep_age_seconds).filter((age) => age !== null);
  const oldest = read.length === 0 ? undefined : Math.max(...read);
  const newest = read.length === 0 ? undefined : Math.min(...read);
  const daily = (figures?.budget ?? []).filter(({ bucket, limit }) => bucket.startsWith('daily') && limit > 0);
  const scarcest = (daily.length > 0 ? daily : (figures?.budget ?? [])).reduce<AccountFigures['budget'][number] | undefined>(
    (least, next) => (least === undefined || next.left / next.limit < least.left / least.limit ? next : least),
    undefined,
  );
  const success = figures?.repair_success;
  const median = figures?.median_heal_seconds;
  const waiting = figures?.oldest_open_seconds;
  return (
    <div className="figures">
      <Figure
        name={t('figures.lastLook')}
        value={newest === undefined ? t('figures.notYet') : t('figures.ago', { age: format.duration(newest) })}
        more={
          <>
            <SweepAges ages={account.sweep_age_seconds} />
            {oldest === undefined ? null : <p className="quiet small">{t('figures.accountClock')}</p>}
          </>
        }
      />
      <Figure
        name={t('figures.success')}
        value={success === null || success === undefined ? '—' : format.percent(success)}
        more={
          figures === undefined ? undefined : (
            <p className="popover-text">
              {t('figures.successHint', { healed: format.number(figures.healed), noticed: format.number(figures.noticed), stopped: format.number(figures.stopped) })}
            </p>
          )
        }
      />
      <Figure
        name={t('figures.heal')}
        value={median === null || median === undefined ? '—' : format.duration(median)}
        more={<p className="popover-text">{t('figures.healHint')}</p>}
      />
      <Figure name={t('figures.oldest')} value={waiting === null || waiting === undefined ? t('figures.nothing') : format.duration(waiting)} />
      <Figure
        name={t('figures.budget')}
        value={scarcest === undefined ? '—' : format.percent(Math.floor((100 * scarcest.left) / scarcest.limit) / 100)}
        more={figures === undefined || figures.budget.length === 0 ? undefined : <Budget budget={figures.budget} />}
      />
      <Button icon={<EyeIcon />} loading={busy} onClick={look} className="look-now">
        {t('action.lookNow')}
      </Button>
    </div>
  );
}
