import { type RefObject, useCallback, useEffect, useMemo, useState } from 'react';
import type { ColDef, GridApi, ICellRendererParams } from 'ag-grid-community';
import { Input, type InputRef, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useCodes } from '../../../i18n/use-codes';
import { SearchIcon } from '../../../icons/action-icons';
import { CardStateTag } from '../../drifts/components/tags';
import { CardCell } from '../../lists/card-cell';
import { CursorGrid } from '../../lists/cursor-grid';
import { CARD_STATES } from '../../overview/api/status';
import { type Listing, readListings } from '../api/listings';

type Cell = ICellRendererParams<Listing>;

const TYPED_MS = 250;

interface Props {
  readonly grid: RefObject<GridApi | null>;
  readonly search: RefObject<InputRef | null>;
  readonly openId: string | undefined;
  onOpen(id: string): void;
}

export function ListingGrid({ search, ...list }: Props) {
  const { t } = useTranslation();
  const code = useCodes();
  const [params, setParams] = useSearchParams();
  const [typed, setTyped] = useState('');
  const [text, setText] = useState('');
  const [shown, setShown] = useState<number>();
  const state = params.get('cards') ?? undefined;
  useEffect(() => {
    const timer = window.setTimeout(() => setText(typed.trim()), TYPED_MS);
    return () => window.clearTimeout(timer);
  }, [typed]);
  const read = useCallback((cursor: string | undefined, limit: number) => readListings({ state, text }, cursor, limit), [state, text]);
  const columns = useMemo<ColDef<Listing>[]>(
    () => [
      {
        headerName: t('drifts.card'),
        flex: 1,
        minWidth: 180,
        cellRenderer: ({ data }: Cell) => (data === undefined ? <span className="quiet">…</span> : <CardCell listingId={data.id} sku={data.sku ?? data.key} title={data.title} />),
      },
      { headerName: t('drifts.state'), width: 170, cellRenderer: ({ data }: Cell) => (data === undefined ? null : <CardStateTag state={data.state} />) },
    ],
    [t],
  );
  return (
    <>
      <div className="filters">
        <Select
          allowClear
          className="filter-kind"
          placeholder={t('work.anyState')}
          value={state}
          onChange={(next: string | undefined) => setParams(next === undefined ? { view: 'cards' } : { view: 'cards', cards: next }, { replace: true })}
          options={CARD_STATES.map((value) => ({ value, label: code('state', value) }))}
        />
        <Input
          ref={search}
          allowClear
          className="filter-text"
          prefix={<SearchIcon />}
          placeholder={t('work.searchCards')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        />
      </div>
      <CursorGrid<Listing> columns={columns} read={read} onCount={setShown} {...list} />
      {shown === 0 ? (
        <div className="all-well">
          <h3>{t(state === undefined ? 'empty.filtered.title' : 'empty.noCards.title')}</h3>
          <p className="quiet">{t(state === undefined ? 'empty.filtered.next' : 'empty.noCards.next')}</p>
        </div>
      ) : null}
    </>
  );
}
