import {
  CellStyleModule,
  ColumnApiModule,
  type ColDef,
  InfiniteRowModelModule,
  LocaleModule,
  ModuleRegistry,
  RowApiModule,
  RowSelectionModule,
  ScrollApiModule,
  themeQuartz,
  type Theme,
} from 'ag-grid-community';

ModuleRegistry.registerModules([InfiniteRowModelModule, RowSelectionModule, RowApiModule, ScrollApiModule, LocaleModule, ColumnApiModule, CellStyleModule]);

const BASE = {
  fontFamily: 'inherit',
  fontSize: 13,
  headerFontSize: 12,
  headerFontWeight: 500,
  rowHeight: 44,
  headerHeight: 36,
  wrapperBorder: false,
  columnBorder: false,
  cellHorizontalPadding: 12,
  spacing: 6,
} as const;

const LIGHT = themeQuartz.withParams({
  ...BASE,
  backgroundColor: '#ffffff',
  foregroundColor: '#1a2429',
  headerBackgroundColor: '#f7f9fa',
  headerTextColor: '#55646d',
  rowHoverColor: '#f1f6f7',
  selectedRowBackgroundColor: '#dff0f2',
  borderColor: '#e3e8eb',
  accentColor: '#14606b',
});
const DARK = themeQuartz.withParams({
  ...BASE,
  backgroundColor: '#171d21',
  foregroundColor: '#e4eaed',
  headerBackgroundColor: '#1b2328',
  headerTextColor: '#9dabb3',
  rowHoverColor: '#1f282e',
  selectedRowBackgroundColor: '#1d3a40',
  borderColor: '#263037',
  accentColor: '#3fa3b0',
  browserColorScheme: 'dark',
});

export function gridTheme(dark: boolean): Theme {
  return dark ? DARK : LIGHT;
}

export const USUAL_COLUMN: ColDef = { sortable: false, resizable: true, suppressMovable: true, suppressHeaderMenuButton: true };
