import { type RefObject, useCallback, useMemo } from 'react';
import type { ColDef, GridApi, ICellRendererParams } from 'ag-grid-community';
import { useTranslation } from 'react-i18next';
import { type Format, useFormat } from '../../../format/use-format';
import { useCodes } from '../../../i18n/use-codes';
import { CardCell } from '../../lists/card-cell';
import { CursorGrid } from '../../lists/cursor-grid';
import { useWide } from '../../lists/use-wide';
import { type Drift, type DriftFilter, readDrifts } from '../api/drifts';
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

export function DriftGrid({ filter, ...list }: Props) {
  const columns = useColumns(useWide(900));
  const read = useCallback((cursor: string | undefined, limit: number) => readDrifts(filter, cursor, limit), [filter]);
  return <CursorGrid<Drift> columns={columns} read={read} {...list} />;
}
