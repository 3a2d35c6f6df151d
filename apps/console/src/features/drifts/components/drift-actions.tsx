import { useState } from 'react';
import { Button, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { DownloadIcon } from '../../../icons/action-icons';
import type { Drift, FacetDiff } from '../api/drifts';
import { useDriftSteering } from '../hooks/use-drift-steering';
import { IgnoreModal } from './ignore-modal';

/** Only what can be done now is offered. */
export function DriftActions({ drift, diff, now }: { readonly drift: Drift; readonly diff: FacetDiff | null; readonly now: number | undefined }) {
  const { t } = useTranslation();
  const [ignoring, setIgnoring] = useState(false);
  const steering = useDriftSteering(drift, now);
  const held = drift.state === 'held' || drift.state === 'case';
  const open = drift.state === 'open' || drift.state === 'repairing' || held;
  const frozen = drift.facet_reason === 'frozen';
  return (
    <div className="drift-actions">
      {held ? (
        <Tooltip title={t('steer.approve.hint')}>
          <Button type="primary" loading={steering.busy === 'approve'} onClick={() => steering.do('approve')}>
            {t('steer.approve.name')}
          </Button>
        </Tooltip>
      ) : null}
      {open ? (
        <Tooltip title={t('steer.retry.hint')}>
          <Button loading={steering.busy === 'retry'} onClick={() => steering.do('retry')} disabled={drift.state === 'repairing'}>
            {t('steer.retry.name')}
          </Button>
        </Tooltip>
      ) : null}
      {open ? (
        <Tooltip title={t(frozen ? 'steer.thaw.hint' : 'steer.hold.hint')}>
          <Button loading={steering.busy === 'hold' || steering.busy === 'thaw'} onClick={() => steering.do(frozen ? 'thaw' : 'hold')}>
            {t(frozen ? 'steer.thaw.name' : 'steer.hold.name')}
          </Button>
        </Tooltip>
      ) : null}
      {open ? <Button onClick={() => setIgnoring(true)}>{t('ignore.name')}</Button> : null}
      <span className="grow" />
      <Tooltip title={t('steer.pack.hint')}>
        <Button icon={<DownloadIcon />} loading={steering.busy === 'pack'} onClick={() => steering.do('pack')}>
          {t('steer.pack.name')}
        </Button>
      </Tooltip>
      {ignoring ? <IgnoreModal drift={drift} diff={diff} now={now} onClose={() => setIgnoring(false)} /> : null}
    </div>
  );
}
