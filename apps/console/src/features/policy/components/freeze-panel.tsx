import { useState } from 'react';
import { App, Button, Input, Select } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFailureNotice } from '../../../app/use-failure-notice';
import { useFormat } from '../../../format/use-format';
import { useCodes } from '../../../i18n/use-codes';
import type { AccountView } from '../../overview/api/status';
import { useMay } from '../../session/hooks/use-may';
import { pauseAccount, resumeAccount } from '../api/policy';

const HOUR_MS = 3_600_000;
/** 0: until a person resumes. */
const HOURS = [1, 4, 24, 72, 0] as const;

/** Stops everything that sends on the account; reading goes on. */
export function FreezePanel({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const code = useCodes();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const onError = useFailureNotice();
  const maySteer = useMay('steer');
  const [hours, setHours] = useState<number>(24);
  const [reason, setReason] = useState('');
  const works = account.state === 'active';
  const { mutate, isPending } = useMutation({
    mutationFn: () =>
      works ? pauseAccount(account.id, reason.trim(), hours === 0 ? undefined : new Date(Date.parse(account.now) + hours * HOUR_MS).toISOString()) : resumeAccount(account.id),
    onSuccess: () => void message.success(t(works ? 'freeze.done' : 'freeze.resumed')),
    onError,
    onSettled: () => queries.invalidateQueries(),
  });
  return (
    <section className="panel settings-part" aria-label={t('freeze.title')}>
      <h2>{t('freeze.title')}</h2>
      <p className="quiet">{t('freeze.lead')}</p>
      <form
        className="settings-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!works || reason.trim() !== '') mutate();
        }}
      >
        {works ? (
          <>
            <label>
              {t('freeze.for')}
              <Select<number>
                value={hours}
                disabled={!maySteer}
                onChange={setHours}
                options={HOURS.map((value) => ({ value, label: value === 0 ? t('freeze.untilResumed') : format.duration((value * HOUR_MS) / 1000) }))}
              />
            </label>
            <label className="grow">
              {t('freeze.reason')}
              <Input required maxLength={500} value={reason} disabled={!maySteer} placeholder={t('freeze.reasonHint')} onChange={(event) => setReason(event.target.value)} />
            </label>
            <Button htmlType="submit" danger loading={isPending} disabled={!maySteer || reason.trim() === ''}>
              {t('freeze.act')}
            </Button>
          </>
        ) : (
          <>
            <p className="grow">
              <strong>{code('accountState', account.state)}</strong>
              {account.state_reason === null ? '' : ` · ${code('reason', account.state_reason)}`}
              {account.pause_until === null ? '' : ` · ${t('freeze.until', { until: format.dateTime(account.pause_until) })}`}
            </p>
            <Button htmlType="submit" type="primary" loading={isPending} disabled={!maySteer}>
              {t('action.resume')}
            </Button>
          </>
        )}
      </form>
    </section>
  );
}
