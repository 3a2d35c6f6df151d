import { Drawer, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate, useParams } from 'react-router';
import { ProblemNotice } from '../../../app/problem-notice';
import { useFormat } from '../../../format/use-format';
import { useCodes } from '../../../i18n/use-codes';
import { LinkIcon } from '../../../icons/action-icons';
import { useAccountClock } from '../../live/hooks/use-account-clock';
import type { HubStatus } from '../../overview/api/status';
import { useAccount } from '../../overview/hooks/use-overview';
import type { DriftWithDiff } from '../api/drifts';
import { buyerViewUrl } from '../buyer-view';
import { useDrift, useProof } from '../hooks/use-drift';
import { useWide } from '../hooks/use-wide';
import { CardPicture } from './card-cell';
import { DriftActions } from './drift-actions';
import { DriftDiff } from './drift-diff';
import { DriftTimeline } from './drift-timeline';
import { PartnerCards } from './partner-cards';
import { DriftStateTag, KindTag } from './tags';
import './drift-drawer.css';

function Waiting({ drift, now }: { readonly drift: DriftWithDiff; readonly now: number | undefined }) {
  const { t } = useTranslation();
  const code = useCodes();
  const format = useFormat();
  const reason = drift.facet_reason ?? drift.reason;
  if (reason === null || drift.state === 'healed') return null;
  const until = drift.due_at === null || now === undefined ? 0 : (Date.parse(drift.due_at) - now) / 1000;
  return (
    <p className="why-waits">
      {t('drawer.waits')} {code('reason', reason)}
      {until > 1 ? ` · ${t('drawer.dueIn', { time: format.duration(until) })}` : ''}
    </p>
  );
}

function Body({ drift, status }: { readonly drift: DriftWithDiff; readonly status: HubStatus }) {
  const { t } = useTranslation();
  const code = useCodes();
  const account = useAccount(drift.account_id);
  const clock = useAccountClock(account?.now);
  const proof = useProof(drift.id, drift.state);
  const diff = proof.data?.before ?? drift.diff;
  const page = buyerViewUrl(status, drift.account_id, drift.key);
  return (
    <div className="drift">
      <header className="drift-head">
        <CardPicture listingId={drift.listing_id} size={64} />
        <div className="drift-head-text">
          <h2>{drift.title ?? drift.key}</h2>
          <p className="quiet">
            <span className="mono">{drift.sku ?? drift.key}</span> · {code('facet', drift.facet)}
            {drift.part === '' ? '' : ` · ${t('drawer.warehouse', { id: drift.part })}`}
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
            <KindTag kind={drift.kind} />
            <DriftStateTag state={drift.state} />
            {drift.repeats > 0 ? <span className="tag">{t('drawer.repeats', { count: drift.repeats + 1 })}</span> : null}
          </p>
        </div>
      </header>
      <Waiting drift={drift} now={clock?.now} />
      <DriftActions drift={drift} diff={diff} now={clock?.now} />

      <section>
        <h3>{t('drawer.what')}</h3>
        {diff === null ? <p className="quiet">{t('drawer.noDiff')}</p> : <DriftDiff diff={diff} drift={drift} />}
        <PartnerCards partners={drift.partners ?? []} status={status} accountId={drift.account_id} />
      </section>
      <section>
        <h3>{t('drawer.who')}</h3>
        <p>
          <strong>{code('cause', drift.cause)}.</strong> {proof.data?.last_writer?.shown ?? ''}
        </p>
      </section>
      <section>
        <h3>{t('drawer.story')}</h3>
        <DriftTimeline drift={drift} lines={proof.data?.lines} />
        {proof.error === null ? null : <ProblemNotice problem={proof.error} onRetry={() => void proof.refetch()} />}
      </section>
    </div>
  );
}

/** One drift beside the list; the address names it, so that it can be sent to somebody. */
export function DriftDrawer({ status }: { readonly status: HubStatus }) {
  const { t } = useTranslation();
  const { driftId } = useParams();
  const { search } = useLocation();
  const navigate = useNavigate();
  const wide = useWide(900);
  const { data, error, refetch } = useDrift(driftId);
  return (
    <Drawer
      open={driftId !== undefined}
      onClose={() => void navigate(`/${search}`)}
      size={wide ? 760 : '100%'}
      mask={!wide}
      title={driftId === undefined ? '' : t('drawer.title', { id: driftId })}
      destroyOnHidden
    >
      {error !== null ? (
        <ProblemNotice problem={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton active />
      ) : (
        <Body key={data.id} drift={data} status={status} />
      )}
    </Drawer>
  );
}
