import { Drawer, Skeleton } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate, useParams } from 'react-router';
import { ProblemNotice } from '../../../app/problem-notice';
import { useFormat } from '../../../format/use-format';
import { useCodes } from '../../../i18n/use-codes';
import { LinkIcon } from '../../../icons/action-icons';
import { buyerViewUrl } from '../../drifts/buyer-view';
import { CardPicture } from '../../drifts/components/card-cell';
import { CardStateTag, FacetStateTag } from '../../drifts/components/tags';
import { useFieldName } from '../../drifts/hooks/use-field-name';
import { useWide } from '../../drifts/hooks/use-wide';
import type { HubStatus } from '../../overview/api/status';
import { type ListingWithFacets, readListing } from '../api/listings';

const LIVE_MS = 3_000;

function Body({ listing, status }: { readonly listing: ListingWithFacets; readonly status: HubStatus }) {
  const { t } = useTranslation();
  const { search } = useLocation();
  const code = useCodes();
  const format = useFormat();
  const fieldName = useFieldName();
  const page = buyerViewUrl(status, listing.account_id, listing.key);
  return (
    <div className="drift">
      <header className="drift-head">
        <CardPicture listingId={listing.id} size={64} />
        <div className="drift-head-text">
          <h2>{listing.title ?? listing.key}</h2>
          <p className="quiet">
            <span className="mono">{listing.sku ?? listing.key}</span>
            {page === undefined ? null : (
              <>
                {' · '}
                <a href={page} target="_blank" rel="noreferrer">
                  {t('drawer.buyerView')} <LinkIcon />
                </a>
              </>
            )}
          </p>
          <p className="drift-tags">
            <CardStateTag state={listing.state} />
          </p>
        </div>
      </header>
      <div className="table-scroll">
        <table className="field-table">
          <thead>
            <tr>
              <th>{t('drifts.facet')}</th>
              <th>{t('drifts.state')}</th>
              <th>{t('listing.why')}</th>
              <th>{t('listing.since')}</th>
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
                <td className="numbers quiet">{format.dateTime(facet.since)}</td>
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
                {fieldName(refused.path)}: {refused.message ?? refused.code}
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
  const { search } = useLocation();
  const navigate = useNavigate();
  const wide = useWide(900);
  const { data, error, refetch } = useQuery({
    queryKey: ['listing', listingId],
    queryFn: () => readListing(listingId ?? ''),
    enabled: listingId !== undefined,
    refetchInterval: LIVE_MS,
  });
  return (
    <Drawer open={listingId !== undefined} onClose={() => void navigate(`/${search}`)} size={wide ? 680 : '100%'} mask={!wide} title={t('listing.title')} destroyOnHidden>
      {error !== null ? (
        <ProblemNotice problem={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton active />
      ) : (
        <Body key={data.id} listing={data} status={status} />
      )}
    </Drawer>
  );
}
