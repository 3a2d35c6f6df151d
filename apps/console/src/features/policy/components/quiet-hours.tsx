import { useState } from 'react';
import { App, Button, Input } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFailureNotice } from '../../../app/use-failure-notice';
import type { AccountView } from '../../overview/api/status';
import { useMay } from '../../session/hooks/use-may';
import { setQuietHours } from '../api/policy';

const HOUR = /^([01]\d|2[0-3]):[0-5]\d$/;
const MINUTE_MS = 60_000;
/** A field of type "time" shows a twelve-hour clock wherever the browser likes one. */
const HOUR_INPUT = { required: true, maxLength: 5, placeholder: '22:00', className: 'numbers' } as const;

/** The same moment of the day where the reader is. */
function localTime(utc: string): string {
  const [hour = 0, minute = 0] = utc.split(':').map(Number);
  const today = new Date();
  const at = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate(), hour, minute));
  return new Date(at.getTime() - at.getTimezoneOffset() * MINUTE_MS).toISOString().slice(11, 16);
}

/** Hours in which nothing is sent. They are kept in UTC, as the account's clock runs. */
export function QuietHours({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const onError = useFailureNotice();
  const maySteer = useMay('steer');
  const set = account.quiet_hours;
  const [from, setFrom] = useState(set?.from ?? '22:00');
  const [to, setTo] = useState(set?.to ?? '06:00');
  const { mutate, isPending } = useMutation({
    mutationFn: (hours: { readonly from: string; readonly to: string } | null) => setQuietHours(account.id, hours),
    onSuccess: (_account, hours) => void message.success(t(hours === null ? 'quiet.off' : 'quiet.on')),
    onError,
    onSettled: () => queries.invalidateQueries(),
  });
  const right = HOUR.test(from) && HOUR.test(to) && from !== to;
  return (
    <section className="panel settings-part" aria-label={t('quiet.title')}>
      <h2>{t('quiet.title')}</h2>
      <p className="quiet">{t('quiet.lead')}</p>
      <p>
        {set === null ? t('quiet.none') : t('quiet.now', set)}
        {/* A simulated channel's day runs at another speed than the reader's. */}
        {set === null || account.sandbox ? null : <span className="quiet"> {t('quiet.here', { from: localTime(set.from), to: localTime(set.to) })}</span>}
      </p>
      <form
        className="settings-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (right) mutate({ from, to });
        }}
      >
        <label>
          {t('quiet.from')}
          <Input {...HOUR_INPUT} value={from} disabled={!maySteer} status={HOUR.test(from) ? '' : 'error'} onChange={(event) => setFrom(event.target.value)} />
        </label>
        <label>
          {t('quiet.to')}
          <Input {...HOUR_INPUT} value={to} disabled={!maySteer} status={HOUR.test(to) ? '' : 'error'} onChange={(event) => setTo(event.target.value)} />
        </label>
        <Button htmlType="submit" type="primary" loading={isPending} disabled={!maySteer || !right}>
          {t('quiet.set')}
        </Button>
        {set === null ? null : (
          <Button disabled={!maySteer} onClick={() => mutate(null)}>
            {t('quiet.clear')}
          </Button>
        )}
      </form>
    </section>
  );
}
