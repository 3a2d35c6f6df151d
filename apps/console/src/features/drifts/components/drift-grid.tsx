import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ColDef, GridApi, ICellRendererParams } from 'ag-grid-community';
import { AgGridReact } from 'ag-grid-react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../../app/preferences';
import { ProblemNotice } from '../../../app/problem-notice';
import { type Format, useFormat } from '../../../format/use-format';
import { useCodes } from '../../../i18n/use-codes';
import { type Drift, type DriftFilter, readDrifts } from '../api/drifts';
import { BLOCK, cursorSource } from '../hooks/cursor-source';
import { useDriftNews } from '../hooks/use-drift-news';
import { useWide } from '../hooks/use-wide';
import { CardCell } from './card-cell';
import { gridTheme, USUAL_COLUMN } from './grid-setup';
import { DriftStateTag, KindTag, StateMark } from './tags';

type Cell = ICellRendererParams<Drift>;

function heldFor(drift: Drift, format: Format): string {
  return drift.healed_at === null ? '' : format.duration((Date.parse(drift.healed_at) - Date.parse(drift.noticed_at)) / 1000);
}

function useColumns(wide: boolean): ColDef<Drift>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const code = useCodes();
  return useMemo(() => {
    const kind: ColDef<Drift> = { headerName: t('drifts.kind'), width: 218, cellRenderer: ({ data }: Cell) => (data === undefined ? null : <KindTag kind={data.kind} />) };
    const card: ColDef<Drift> = {
      headerName: t('drifts.card'),
      flex: 1,
      minWidth: wide ? 240 : 130,
      cellRenderer: ({ data }: Cell) =>
        data === undefined ? <span className="quiet">…</span> : <CardCell listingId={data.listing_id} sku={data.sku ?? data.key} title={data.title} />,
    };
    const state: ColDef<Drift> = {
      headerName: t('drifts.state'),
      width: 158,
      cellRenderer: ({ data }: Cell) => (data === undefined ? null : <DriftStateTag state={data.state} reason={data.reason ?? data.facet_reason} />),
    };
    if (!wide) {
      const mark = ({ data }: Cell) => (data === undefined ? null : <StateMark state={data.state} />);
      return [{ ...kind, width: 148 }, card, { ...state, headerName: '', width: 40, cellRenderer: mark }];
    }
    return [
      kind,
      card,
      { headerName: t('drifts.facet'), width: 148, valueGetter: ({ data }) => (data === undefined ? '' : code('facet', data.facet)) },
      { headerName: t('drifts.cause'), width: 158, valueGetter: ({ data }) => (data === undefined ? '' : code('cause', data.cause)) },
      state,
      { headerName: t('drifts.noticed'), width: 104, cellClass: 'numbers', valueGetter: ({ data }) => (data === undefined ? '' : format.time(data.noticed_at)) },
      {
        headerName: t('drifts.healed'),
        width: 104,
        cellClass: 'numbers',
        valueGetter: ({ data }) => (data === undefined || data.healed_at === null ? '' : format.time(data.healed_at)),
      },
      { headerName: t('drifts.took'), width: 116, cellClass: 'numbers', valueGetter: ({ data }) => (data === undefined ? '' : heldFor(data, format)) },
    ];
  }, [t, format, code, wide]);
}

interface Props {
  readonly filter: DriftFilter;
  readonly grid: RefObject<GridApi | null>;
  readonly openId: string | undefined;
  onOpen(id: string): void;
  onCount(rows: number): void;
}

export function DriftGrid({ filter, grid, openId, onOpen, onCount }: Props) {
  const { dark } = usePreferences();
  const wide = useWide(900);
  const columns = useColumns(wide);
  const [problem, setProblem] = useState<unknown>();
  const [shown, setShown] = useState<number>();
  const openNow = useRef(openId);
  openNow.current = openId;

  const source = useMemo(
    () =>
      cursorSource<Drift>(
        (cursor, limit) => readDrifts(filter, cursor, limit),
        (rows, error) => {
          setProblem(error);
          if (error !== undefined) return;
          setShown(rows);
          onCount(rows);
        },
      ),
    [filter, onCount],
  );
  const refresh = useCallback(() => grid.current?.refreshInfiniteCache(), [grid]);
  useDriftNews(refresh);
  useEffect(() => {
    const api = grid.current;
    if (api === null || openId === undefined) return;
    api.forEachNode((node) => node.setSelected((node.data as Drift | undefined)?.id === openId));
  }, [openId, grid]);

  return (
    <>
      {problem === undefined ? null : <ProblemNotice problem={problem} onRetry={refresh} />}
      <div className={shown === 0 ? 'grid-box hidden' : 'grid-box'}>
        <AgGridReact<Drift>
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
    </>
  );
}
