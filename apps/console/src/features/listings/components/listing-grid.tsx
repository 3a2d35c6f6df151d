import { type RefObject, useEffect, useMemo, useState } from 'react';
import type { ColDef, GridApi, ICellRendererParams } from 'ag-grid-community';
import { AgGridReact } from 'ag-grid-react';
import { Input, type InputRef, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { usePreferences } from '../../../app/preferences';
import { ProblemNotice } from '../../../app/problem-notice';
import { useCodes } from '../../../i18n/use-codes';
import { SearchIcon } from '../../../icons/action-icons';
import { CardCell } from '../../drifts/components/card-cell';
import { gridTheme, USUAL_COLUMN } from '../../drifts/components/grid-setup';
import { CardStateTag } from '../../drifts/components/tags';
import { BLOCK, cursorSource } from '../../drifts/hooks/cursor-source';
import { useDriftNews } from '../../drifts/hooks/use-drift-news';
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

export function ListingGrid({ grid, search, openId, onOpen }: Props) {
  const { t } = useTranslation();
  const code = useCodes();
  const { dark } = usePreferences();
  const [params, setParams] = useSearchParams();
  const [typed, setTyped] = useState('');
  const [text, setText] = useState('');
  const [shown, setShown] = useState<number>();
  const [problem, setProblem] = useState<unknown>();
  const state = params.get('cards') ?? undefined;
  useEffect(() => {
    const timer = window.setTimeout(() => setText(typed.trim()), TYPED_MS);
    return () => window.clearTimeout(timer);
  }, [typed]);
  const source = useMemo(
    () =>
      cursorSource<Listing>(
        (cursor, limit) => readListings({ state, text }, cursor, limit),
        (rows, error) => {
          setProblem(error);
          if (error === undefined) setShown(rows);
        },
      ),
    [state, text],
  );
  useDriftNews(useMemo(() => () => grid.current?.refreshInfiniteCache(), [grid]));
  useEffect(() => {
    if (openId !== undefined) grid.current?.forEachNode((node) => node.setSelected((node.data as Listing | undefined)?.id === openId));
  }, [openId, grid]);
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
      {problem === undefined ? null : <ProblemNotice problem={problem} />}
      <div className={shown === 0 ? 'grid-box hidden' : 'grid-box'}>
        <AgGridReact<Listing>
          theme={gridTheme(dark)}
          rowModelType="infinite"
          datasource={source}
          cacheBlockSize={BLOCK}
          maxConcurrentDatasourceRequests={1}
          infiniteInitialRowCount={1}
          columnDefs={columns}
          defaultColDef={USUAL_COLUMN}
          getRowId={({ data }) => data.id}
          rowSelection={{ mode: 'singleRow', checkboxes: false, enableClickSelection: true }}
          suppressCellFocus
          onGridReady={({ api }) => {
            grid.current = api;
          }}
          onGridPreDestroyed={() => {
            grid.current = null;
          }}
          onRowClicked={({ data }) => data !== undefined && onOpen(data.id)}
        />
      </div>
      {shown === 0 ? (
        <div className="all-well">
          <h3>{t(state === undefined ? 'empty.filtered.title' : 'empty.noCards.title')}</h3>
          <p className="quiet">{t(state === undefined ? 'empty.filtered.next' : 'empty.noCards.next')}</p>
        </div>
      ) : null}
    </>
  );
}
