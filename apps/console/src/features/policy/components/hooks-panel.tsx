import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../format/use-format';
import { type AccountHooks, readHooks } from '../api/hooks';

const HOOKS_MS = 10_000;
/** What a person has to mend on the site. */
const TROUBLE: readonly AccountHooks['state'][] = ['paused', 'refused'];

/** Whether the channel tells of changes by itself and what was heard of it; nothing where a channel never does. */
export function HooksPanel({ accountId }: { readonly accountId: string }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { data } = useQuery({ queryKey: ['hooks', accountId, i18n.language], queryFn: () => readHooks(accountId), refetchInterval: HOOKS_MS });
  if (data === undefined || data.state === 'unsupported') return null;
  return (
    <section className="panel settings-part" aria-label={t('hooks.title')}>
      <h2>{t('hooks.title')}</h2>
      <p className={TROUBLE.includes(data.state) ? 'why-waits' : undefined}>{data.text}</p>
      {data.reason !== null && <p>{t('hooks.reason', { reason: data.reason })}</p>}
      {data.url !== null && <p className="quiet">{t('hooks.url', { url: data.url })}</p>}
      {data.state !== 'no-address' && <p className="quiet">{data.delivered_at === null ? t('hooks.silent') : t('hooks.delivered', { at: format.dateTime(data.delivered_at) })}</p>}
      {data.forged_at !== null && <p className="quiet">{t('hooks.forged', { count: data.forged, number: format.number(data.forged), at: format.dateTime(data.forged_at) })}</p>}
    </section>
  );
}
