import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { LinkIcon } from '../../../icons/action-icons';
import type { HubStatus } from '../../overview/api/status';
import type { Partner } from '../api/drifts';
import { buyerViewUrl } from '../buyer-view';
import { usePartner } from '../hooks/use-drift';
import { CardPicture } from '../../lists/card-cell';

function PartnerLine({ partner, status, accountId }: { readonly partner: Partner; readonly status: HubStatus; readonly accountId: string }) {
  const { t } = useTranslation();
  const { search } = useLocation();
  const card = usePartner(partner.listingId);
  const page = card === undefined ? undefined : buyerViewUrl(status, accountId, card.key);
  return (
    <li>
      <CardPicture listingId={partner.listingId} size={48} />
      <span className="card-text">
        <Link to={`/cards/${partner.listingId}${search}`}>{card?.title ?? partner.sku}</Link>
        <span className="quiet small">
          <span className="mono">{partner.sku}</span>
          {page === undefined ? null : (
            <>
              {' · '}
              <a href={page} target="_blank" rel="noreferrer">
                {t('drawer.buyerView')} <LinkIcon />
              </a>
            </>
          )}
        </span>
      </span>
    </li>
  );
}

/** Whose content is shown here instead. */
export function PartnerCards({ partners, status, accountId }: { readonly partners: readonly Partner[]; readonly status: HubStatus; readonly accountId: string }) {
  const { t } = useTranslation();
  if (partners.length === 0) return null;
  return (
    <div className="partners">
      <h4>{t('drawer.partners', { count: partners.length })}</h4>
      <ul>
        {partners.map((partner) => (
          <PartnerLine key={partner.listingId} partner={partner} status={status} accountId={accountId} />
        ))}
      </ul>
    </div>
  );
}
