import { Alert, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../format/use-format';
import type { HubStatus } from '../api/status';

const SETTLED = 0.995;

/** How far the first start is: the demo catalog is made, then every card is put on the channel and seen there. */
export function FirstRun({ status }: { readonly status: HubStatus }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { demo } = status;
  if (demo === undefined) return null;
  if (demo.state === 'failed') return <Alert type="error" showIcon title={t('firstRun.failed')} description={`${demo.reason ?? ''} ${t('firstRun.failedNext')}`} />;
  const shown = status.listings - status.unknown - status.pending;
  const making = demo.state === 'waiting' || demo.state === 'generating';
  if (!making && demo.of > 0 && shown / demo.of >= SETTLED) return null;
  // Later edits of the master are no first run.
  if (!making && status.listings >= demo.of && status.pending + status.unknown < demo.of * 0.05) return null;
  return (
    <section className="panel first-run" aria-live="polite">
      <h2>{t('firstRun.title')}</h2>
      <div className="first-run-line">
        <span>{t('firstRun.catalog', { made: format.number(demo.made), of: format.number(demo.of) })}</span>
        <Progress percent={demo.of === 0 ? 0 : Math.floor((100 * demo.made) / demo.of)} size="small" status={making ? 'active' : 'success'} />
      </div>
      <div className="first-run-line">
        <span>{t('firstRun.cards', { shown: format.number(Math.max(0, shown)), of: format.number(demo.of) })}</span>
        <Progress percent={demo.of === 0 ? 0 : Math.floor((100 * Math.max(0, shown)) / demo.of)} size="small" status="active" />
      </div>
      <p className="quiet small">{t('firstRun.hint')}</p>
    </section>
  );
}
