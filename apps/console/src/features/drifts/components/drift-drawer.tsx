import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { ProblemNotice } from '../../../app/problem-notice';
import { useFormat } from '../../../format/use-format';
import { useCodes } from '../../../i18n/use-codes';
import { CardHead, SideDrawer } from '../../lists/side-drawer';
import { useAccountClock } from '../../live/hooks/use-account-clock';
import type { HubStatus } from '../../overview/api/status';
import { useAccount } from '../../overview/hooks/use-overview';
import type { DriftWithDiff, FacetDiff } from '../api/drifts';
import { buyerViewUrl } from '../buyer-view';
import { useDrift, useProof } from '../hooks/use-drift';
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

/** What was found is kept by the record alone once the card shows something else: until the record is there, nothing is said. */
function Difference({ diff, drift, loading }: { readonly diff: FacetDiff | null; readonly drift: DriftWithDiff; readonly loading: boolean }) {
  const { t } = useTranslation();
  if (loading && (diff === null || diff.observed === null)) return <Skeleton active title={false} />;
  return diff === null ? <p className="quiet">{t('drawer.noDiff')}</p> : <DriftDiff diff={diff} drift={drift} />;
}

function Body({ drift, status }: { readonly drift: DriftWithDiff; readonly status: HubStatus }) {
  const { t } = useTranslation();
  const code = useCodes();
  const account = useAccount(drift.account_id);
  const clock = useAccountClock(account?.now);
  const proof = useProof(drift.id, drift.state);
  const diff = proof.data?.before ?? drift.diff;
  return (
    <div className="drift">
      <CardHead
        listingId={drift.listing_id}
        title={drift.title ?? drift.key}
        article={drift.sku ?? drift.key}
        more={` · ${code('facet', drift.facet)}${drift.part === '' ? '' : ` · ${t('drawer.warehouse', { id: drift.part })}`}`}
        buyerUrl={buyerViewUrl(status, drift.account_id, drift.key)}
      >
        <KindTag kind={drift.kind} />
        <DriftStateTag state={drift.state} />
        {drift.repeats > 0 ? <span className="tag">{t('drawer.repeats', { count: drift.repeats + 1 })}</span> : null}
      </CardHead>
      <Waiting drift={drift} now={clock?.now} />
      <DriftActions drift={drift} diff={diff} now={clock?.now} />

      <section>
        <h3>{t('drawer.what')}</h3>
        <Difference diff={diff} drift={drift} loading={proof.isPending} />
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

/** One drift: what differs, who did it, and what happened since. */
export function DriftDrawer({ status }: { readonly status: HubStatus }) {
  const { t } = useTranslation();
  const { driftId } = useParams();
  return (
    <SideDrawer id={driftId} title={driftId === undefined ? '' : t('drawer.title', { id: driftId })} query={useDrift(driftId)}>
      {(drift) => <Body drift={drift} status={status} />}
    </SideDrawer>
  );
}
