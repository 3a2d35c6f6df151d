import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'react-router';
import { useFormat } from '../../../format/use-format';
import { useCodes } from '../../../i18n/use-codes';
import { buyerViewUrl } from '../../drifts/buyer-view';
import { CardStateTag, FacetStateTag } from '../../drifts/components/tags';
import { useFieldName } from '../../drifts/hooks/use-field-name';
import { CardHead, SideDrawer } from '../../lists/side-drawer';
import type { HubStatus } from '../../overview/api/status';
import { type ListingWithFacets, readListing } from '../api/listings';
import { ListingFreeze } from './listing-freeze';

const LIVE_MS = 3_000;

function Body({ listing, status }: { readonly listing: ListingWithFacets; readonly status: HubStatus }) {
  const { t } = useTranslation();
  const { search } = useLocation();
  const code = useCodes();
  const format = useFormat();
  const fieldName = useFieldName();
  return (
    <div className="drift">
      <CardHead listingId={listing.id} title={listing.title ?? listing.key} article={listing.sku ?? listing.key} buyerUrl={buyerViewUrl(status, listing.account_id, listing.key)}>
        <CardStateTag state={listing.state} />
      </CardHead>
      <ListingFreeze listing={listing} />
      <div className="table-scroll">
        <table className="field-table">
          <thead>
            <tr>
              <th>{t('drifts.facet')}</th>
              <th>{t('drifts.state')}</th>
              <th>{t('listing.why')}</th>
              <th className="wide-only">{t('listing.since')}</th>
            </tr>
          </thead>
          <tbody>
            {listing.facets.map((facet) => (
              <tr key={`${facet.facet}/${facet.part}`}>
                <th scope="row">
                  {code('facet', facet.facet)}
                  {facet.part === '' ? null : <span className="quiet small"> {facet.part}</span>}
                </th>
                <td>
                  {facet.drift_id !== null && facet.state !== 'in_sync' ? (
                    <Link to={`/drifts/${facet.drift_id}${search}`}>
                      <FacetStateTag state={facet.state} />
                    </Link>
                  ) : (
                    <FacetStateTag state={facet.state} />
                  )}
                </td>
                <td>{facet.reason === null ? '' : code('reason', facet.reason)}</td>
                <td className="numbers quiet wide-only">{format.dateTime(facet.since)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {listing.refused_paths.length === 0 ? null : (
        <section>
          <h3>{t('listing.refused')}</h3>
          <ul>
            {listing.refused_paths.map((refused) => (
              <li key={refused.path}>
                {fieldName(refused.path)}: {refused.message ?? code('reason', refused.code)}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

/** One card: every facet with its state, and why it waits. */
export function ListingDrawer({ status }: { readonly status: HubStatus }) {
  const { t } = useTranslation();
  const { listingId } = useParams();
  const query = useQuery({
    queryKey: ['listing', listingId],
    queryFn: () => readListing(listingId ?? ''),
    enabled: listingId !== undefined,
    refetchInterval: LIVE_MS,
  });
  return (
    <SideDrawer id={listingId} title={t('listing.title')} query={query}>
      {(listing) => <Body listing={listing} status={status} />}
    </SideDrawer>
  );
}
