import { type RefObject, useCallback, useEffect, useMemo, useState } from 'react';
import type { ColDef, GridApi } from 'ag-grid-community';
import { AgGridReact } from 'ag-grid-react';
import { usePreferences } from '../../app/preferences';
import { ProblemNotice } from '../../app/problem-notice';
import type { Page } from '../drifts/api/drifts';
import { useDriftNews } from '../drifts/hooks/use-drift-news';
import { BLOCK, cursorSource } from './cursor-source';
import { gridTheme, USUAL_COLUMN } from './grid-setup';

interface Props<T> {
  readonly columns: ColDef<T>[];
  /** Another function is another list. */
  readonly read: (cursor: string | undefined, limit: number) => Promise<Page<T>>;
  readonly grid: RefObject<GridApi | null>;
  readonly openId: string | undefined;
  onOpen(id: string): void;
  /** How many rows are known; 0 hides the grid. */
  onCount(rows: number): void;
}

/** A list of any length, read page by page while it is scrolled, and refreshed when drifts come and go. */
export function CursorGrid<T extends { readonly id: string }>({ columns, read, grid, openId, onOpen, onCount }: Props<T>) {
  const { dark } = usePreferences();
  const [problem, setProblem] = useState<unknown>();
  const [shown, setShown] = useState<number>();
  const source = useMemo(
    () =>
      cursorSource<T>(read, (rows, error) => {
        setProblem(error);
        if (error !== undefined) return;
        setShown(rows);
        onCount(rows);
      }),
    [read, onCount],
  );
  const refresh = useCallback(() => grid.current?.refreshInfiniteCache(), [grid]);
  useDriftNews(refresh);
  useEffect(() => {
    if (openId !== undefined) grid.current?.forEachNode((node) => node.setSelected((node.data as T | undefined)?.id === openId));
  }, [openId, grid]);
  return (
    <>
      {problem === undefined ? null : <ProblemNotice problem={problem} onRetry={refresh} />}
      <div className={shown === 0 ? 'grid-box hidden' : 'grid-box'}>
        <AgGridReact<T>
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
