import { useState } from 'react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ShuffleIcon } from '../../../icons/action-icons';
import { ScrambleModal } from '../../demo/components/scramble-modal';
import { ScrambleWatch } from '../../demo/components/scramble-watch';
import { useScramble } from '../../demo/hooks/use-scramble';
import type { HubStatus } from '../api/status';

/** Says that this is a demo and what it may do by itself, and lets a visitor break things. */
export function DemoBar({ status }: { readonly status: HubStatus }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const account = status.demo?.account_id ?? undefined;
  const scramble = useScramble(account);
  if (status.demo === undefined || account === undefined) return null;
  const ready = status.demo.state === 'ready' && status.in_sync > 0;
  return (
    <>
      <section className="demo-bar">
        <p>{t('demo.notice')}</p>
        <Button type="primary" icon={<ShuffleIcon />} disabled={!ready} title={ready ? undefined : t('demo.notReady')} onClick={() => setAsking(true)}>
          {t('demo.scramble')}
        </Button>
      </section>
      {scramble.last === undefined ? null : <ScrambleWatch order={scramble.last} account={account} onClose={scramble.forget} />}
      <ScrambleModal
        open={asking}
        most={status.in_sync}
        busy={scramble.busy}
        onCancel={() => setAsking(false)}
        onStart={(cards, echoes) => scramble.start({ cards, echoes }, () => setAsking(false))}
      />
    </>
  );
}
