import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../format/use-format';
import { StateIcon } from '../../../icons/state-icons';
import type { HubStatus } from '../../overview/api/status';

/** An empty list is good news, or a filter that is too narrow; it says which. */
export function AllWell({ status, filtered, healedOnly }: { readonly status: HubStatus; readonly filtered: boolean; readonly healedOnly: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const ages = status.accounts.flatMap((account) => Object.values(account.sweep_age_seconds)).filter((age) => age !== null);
  if (filtered) {
    return (
      <div className="all-well">
        <h3>{t('empty.filtered.title')}</h3>
        <p className="quiet">{t('empty.filtered.next')}</p>
      </div>
    );
  }
  if (healedOnly) {
    return (
      <div className="all-well">
        <h3>{t('empty.healed.title')}</h3>
        <p className="quiet">{t('empty.healed.next')}</p>
      </div>
    );
  }
  const looked = ages.length === 0 ? t('empty.well.notYet') : t('empty.well.looked', { age: format.duration(Math.min(...ages)) });
  return (
    <div className="all-well">
      <span className="all-well-icon tone-in_sync">
        <StateIcon state="in_sync" size={44} />
      </span>
      <h3>{t(status.in_sync === status.listings ? 'empty.well.title' : 'empty.well.noDrift')}</h3>
      <p className="quiet">{looked}</p>
    </div>
  );
}
