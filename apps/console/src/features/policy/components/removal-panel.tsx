import { useState } from 'react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../overview/api/status';
import { useMay } from '../../session/hooks/use-may';
import { RemovalModal } from './removal-modal';

/** The end of an account: told in full before it is done, and an administrator's to do. */
export function RemovalPanel({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation();
  const mayRemove = useMay('admin');
  const [asking, setAsking] = useState(false);
  return (
    <section className="panel settings-part" aria-label={t('removal.title')}>
      <h2>{t('removal.title')}</h2>
      <p className="quiet">{t('removal.lead')}</p>
      {mayRemove ? null : <p className="quiet">{t('removal.adminOnly')}</p>}
      <p>
        <Button danger disabled={!mayRemove} onClick={() => setAsking(true)}>
          {t('removal.ask')}
        </Button>
      </p>
      {asking ? <RemovalModal account={account} onClose={() => setAsking(false)} /> : null}
    </section>
  );
}
