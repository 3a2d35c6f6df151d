import { useState } from 'react';
import { Button, Segmented, Skeleton } from 'antd';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ProblemNotice } from '../../../app/problem-notice';
import { useFormat } from '../../../format/use-format';
import { useCodes } from '../../../i18n/use-codes';
import { CardPicture } from '../../lists/card-cell';
import { useMay } from '../../session/hooks/use-may';
import { type Case, readCases } from '../api/cases';
import { CloseCaseModal } from './close-case-modal';

const PAGE = 50;
const LIVE_MS = 10_000;

function CaseItem({ file, onClose }: { readonly file: Case; onClose(): void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const code = useCodes();
  const maySteer = useMay('steer');
  const { driftId, drifted, listings, closed } = file.details;
  return (
    <li className="entry">
      {file.listing_id === null ? null : <CardPicture listingId={file.listing_id} size={44} />}
      <div className="entry-text">
        <strong>{code('reason', file.code)}</strong>
        <span>
          {file.listing_id === null ? t('cases.wholeAccount') : (file.title ?? file.key)}
          {file.facet === null ? '' : ` · ${code('facet', file.facet)}`}
          {drifted === undefined || listings === undefined ? '' : ` · ${t('cases.brake', { drifted: format.number(drifted), listings: format.number(listings) })}`}
        </span>
        <span className="quiet small">
          {file.listing_id === null ? null : <span className="mono">{`${file.sku ?? file.key ?? ''} · `}</span>}
          {t('cases.opened', { at: format.dateTime(file.opened_at) })}
        </span>
        {closed === undefined ? null : <span className="small">{t('cases.closedBy', closed)}</span>}
      </div>
      <div className="entry-acts">
        {typeof driftId === 'string' ? <Link to={`/drifts/${driftId}`}>{t('cases.openDrift')}</Link> : null}
        {file.listing_id === null || typeof driftId === 'string' ? null : <Link to={`/cards/${file.listing_id}`}>{t('cases.openCard')}</Link>}
        {file.state === 'open' ? (
          <Button onClick={onClose} disabled={!maySteer} title={maySteer ? undefined : t('problem.not-allowed.title')}>
            {t('cases.closeDots')}
          </Button>
        ) : null}
      </div>
    </li>
  );
}

/** What waits for a person, and what came of the rest. */
export function CasesPage() {
  const { t } = useTranslation();
  const [state, setState] = useState<'open' | 'closed'>('open');
  const [closing, setClosing] = useState<Case>();
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['cases', state],
    queryFn: ({ pageParam }) => readCases(state, pageParam, PAGE),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: LIVE_MS,
  });
  const cases = data?.pages.flatMap((page) => page.items);
  return (
    <div className="settings">
      <header className="page-head">
        <h1>{t('cases.title')}</h1>
        <Segmented
          value={state}
          onChange={setState}
          options={[
            { value: 'open', label: t('cases.open') },
            { value: 'closed', label: t('cases.closed') },
          ]}
        />
      </header>
      <section className="panel entries-panel">
        {error !== null ? <ProblemNotice problem={error} onRetry={() => void refetch()} /> : null}
        {cases === undefined && error === null ? <Skeleton active /> : null}
        {cases?.length === 0 ? (
          <div className="all-well plain">
            <h3>{t(state === 'open' ? 'cases.noneOpen' : 'cases.noneClosed')}</h3>
            <p className="quiet">{t('cases.what')}</p>
          </div>
        ) : null}
        <ul className="entries">
          {cases?.map((file) => (
            <CaseItem key={file.id} file={file} onClose={() => setClosing(file)} />
          ))}
        </ul>
        {hasNextPage ? (
          <Button className="more" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('action.more')}
          </Button>
        ) : null}
      </section>
      {closing === undefined ? null : <CloseCaseModal file={closing} onClose={() => setClosing(undefined)} />}
    </div>
  );
}
