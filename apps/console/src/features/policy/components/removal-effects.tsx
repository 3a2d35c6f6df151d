import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../format/use-format';
import type { AccountRemoval } from '../api/removal';

const GOING = ['open_drifts', 'unsent', 'open_cases', 'ignore_rules'] as const;

/** What a removal takes away, what it leaves alone, and how the account comes back. */
export function RemovalEffects({ removal }: { readonly removal: AccountRemoval }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const { listings, joined, evidence } = removal;
  return (
    <>
      <section className="removal-part">
        <h3>{t('removal.goes')}</h3>
        <ul className="policy-changes">
          <li>
            {listings === 0
              ? t('removal.noListings')
              : t('removal.listings', { count: listings, value: number(listings) }) + (joined === 0 ? '' : t('removal.joined', { value: number(joined) }))}
          </li>
          {GOING.filter((what) => removal[what] > 0).map((what) => (
            <li key={what}>{t(`removal.${what}`, { count: removal[what], value: number(removal[what]) })}</li>
          ))}
          <li>{t('removal.settings')}</li>
        </ul>
      </section>
      <section className="removal-part">
        <h3>{t('removal.stays')}</h3>
        <ul className="policy-changes">
          <li>{t('removal.channel')}</li>
          <li>{t('removal.catalog')}</li>
          {evidence === 0 ? null : <li>{t('removal.evidence', { count: evidence, value: number(evidence) })}</li>}
        </ul>
      </section>
      {removal.open_drifts === 0 && removal.open_cases === 0 ? null : <p className="quiet">{t('removal.packs')}</p>}
      <p className="quiet">{t('removal.back')}</p>
    </>
  );
}
