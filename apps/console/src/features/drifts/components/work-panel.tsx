import { useCallback, useMemo, useRef, useState } from 'react';
import type { GridApi } from 'ag-grid-community';
import { type InputRef, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate, useParams, useSearchParams } from 'react-router';
import { ListingGrid } from '../../listings/components/listing-grid';
import type { HubStatus } from '../../overview/api/status';
import { useDriftFilter } from '../hooks/use-drift-filter';
import { useListKeys } from '../hooks/use-list-keys';
import { AllWell } from './all-well';
import { DriftFilters } from './drift-filters';
import { DriftGrid } from './drift-grid';
import { KeysHelp } from './keys-help';
import './work-panel.css';

function idOf(row: unknown): string | undefined {
  const id: unknown = typeof row === 'object' && row !== null ? Reflect.get(row, 'id') : undefined;
  return typeof id === 'string' ? id : undefined;
}

/** The list under the figures: what drifted, or the cards by their state. */
export function WorkPanel({ status }: { readonly status: HubStatus }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { search: address } = useLocation();
  const { driftId, listingId } = useParams();
  const [params, setParams] = useSearchParams();
  const [filter] = useDriftFilter();
  const [rows, setRows] = useState<number>();
  const [help, setHelp] = useState(false);
  const grid = useRef<GridApi | null>(null);
  const search = useRef<InputRef | null>(null);
  const cards = params.get('view') === 'cards';

  const openDrift = useCallback((id: string) => void navigate(`/drifts/${id}${address}`), [navigate, address]);
  const openListing = useCallback((id: string) => void navigate(`/cards/${id}${address}`), [navigate, address]);
  const open = useCallback(
    (row: unknown) => {
      const id = idOf(row);
      if (id !== undefined) (cards ? openListing : openDrift)(id);
    },
    [cards, openDrift, openListing],
  );
  useListKeys({
    grid,
    search: useCallback(() => search.current?.focus(), []),
    help: useCallback(() => setHelp(true), []),
    open,
    isOpen: driftId !== undefined || listingId !== undefined,
  });
  const filtered = useMemo(() => filter.kind !== undefined || filter.cause !== undefined || filter.text !== undefined, [filter]);

  return (
    <section className="panel work">
      <div className="work-head">
        <Segmented
          value={cards ? 'cards' : 'drifts'}
          onChange={(view) => setParams(view === 'cards' ? { view: 'cards' } : {}, { replace: true })}
          options={[
            { value: 'drifts', label: t('work.drifts') },
            { value: 'cards', label: t('work.cards') },
          ]}
        />
        {cards ? null : <DriftFilters search={search} onHelp={() => setHelp(true)} />}
      </div>
      {cards ? (
        <ListingGrid grid={grid} search={search} onOpen={openListing} openId={listingId} />
      ) : (
        <>
          <DriftGrid filter={filter} grid={grid} openId={driftId} onOpen={openDrift} onCount={setRows} />
          {rows === 0 ? <AllWell status={status} filtered={filtered} healedOnly={filter.view === 'healed'} /> : null}
        </>
      )}
      <KeysHelp open={help} onClose={() => setHelp(false)} />
    </section>
  );
}
