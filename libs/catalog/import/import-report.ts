import type { Pool } from 'pg';
import type { ProductDocument } from '../document/product-document.js';
import { explainFault, type FaultCode, type FaultParams, type Language } from '../faults/fault-texts.js';
import { cellText, type Wording } from '../export/table/wording.js';
import { guardCell } from '../formats/formula-guard.js';
import type { FieldChange } from './import-request.js';
import { fieldChanges } from './judge-row.js';
import type { NoteOutcome } from './row-notes.js';

/** One line of an import's report, in words of the reader's language. */
export interface ReportLine {
  /** For paging: counts the lines of the report from 0. */
  readonly position: number;
  /** Counts the rows of the source from 1; 0 speaks of the file as a whole. */
  readonly row: number;
  readonly place: string;
  readonly outcome: NoteOutcome;
  readonly sku: string | null;
  readonly field: string;
  readonly value: string;
  readonly code: FaultCode;
  readonly reason: string;
  readonly remedy: string;
}

const PER_PAGE = 1_000;

/** Lines after a position, in the order in which the import came upon them. */
export async function reportLines(
  pool: Pool,
  jobId: string,
  { after, limit, outcome, language }: { readonly after: number; readonly limit: number; readonly outcome?: NoteOutcome; readonly language: Language },
): Promise<ReportLine[]> {
  const { rows } = await pool.query<Omit<ReportLine, 'reason' | 'remedy'> & { params: FaultParams | null }>(
    `SELECT position, "row", place, outcome, sku, field, value, code, params FROM import_row_result
     WHERE job_id = $1 AND position > $2 AND ($4::text IS NULL OR outcome = $4) ORDER BY position LIMIT $3`,
    [jobId, after, limit, outcome ?? null],
  );
  return rows.map(({ params, ...line }) => ({ ...line, ...explainFault({ code: line.code, ...(params && { params }) }, language) }));
}

/** Rows of a table, page by page: memory does not grow with the report. Texts are made harmless for spreadsheets. */
export async function* reportPages(pool: Pool, jobId: string, language: Language, wording: Pick<Wording, 'field'>): AsyncGenerator<string[][]> {
  for (let after = -1; ;) {
    const lines = await reportLines(pool, jobId, { after, limit: PER_PAGE, language });
    const last = lines.at(-1);
    if (!last) return;
    after = last.position;
    yield lines.map(({ place, outcome, sku, field, value, reason, remedy, code }) =>
      [place, OUTCOMES[language][outcome], sku ?? '', wording.field(field), value, reason, remedy, code].map(guardCell),
    );
  }
}

const OUTCOMES: Readonly<Record<Language, Readonly<Record<NoteOutcome, string>>>> = {
  ru: { failed: 'ошибка', skipped: 'пропущена', warning: 'замечание' },
  en: { failed: 'failed', skipped: 'skipped', warning: 'warning' },
  zh: { failed: '失败', skipped: '已跳过', warning: '警告' },
};

export const REPORT_HEADER: Readonly<Record<Language, readonly string[]>> = {
  ru: ['Строка', 'Итог', 'Артикул', 'Поле', 'Значение', 'Причина', 'Что сделать', 'Код'],
  en: ['Row', 'Outcome', 'SKU', 'Field', 'Value', 'Reason', 'What to do', 'Code'],
  zh: ['行', '结果', '货号', '字段', '值', '原因', '处理方法', '代码'],
};

export const CHANGES_HEADER: Readonly<Record<Language, readonly string[]>> = {
  ru: ['Строка', 'Артикул', 'Поле', 'Было', 'Станет'],
  en: ['Row', 'SKU', 'Field', 'Before', 'After'],
  zh: ['行', '货号', '字段', '之前', '之后'],
};

/** What a dry run or a held import would change, field by field; empty once it was written or a day has passed. */
export async function* plannedChanges(pool: Pool, jobId: string): AsyncGenerator<readonly FieldChange[]> {
  for (let after = -1; ;) {
    const { rows } = await pool.query<{ sku: string; place: string; position: number; after: ProductDocument; before: ProductDocument | null }>(
      `SELECT s.sku, s.place, s.position, s.document AS after, r.document AS before
       FROM import_staged s LEFT JOIN product p ON p.sku = s.sku LEFT JOIN product_revision r ON r.product_id = p.id AND r.revision = p.revision
       WHERE s.job_id = $1 AND s.position > $2 AND s.document IS NOT NULL ORDER BY s.position LIMIT 500`,
      [jobId, after],
    );
    const last = rows.at(-1);
    if (!last) return;
    after = last.position;
    yield rows.flatMap((row) => fieldChanges(row.sku, row.place, row.before ?? undefined, row.after));
  }
}

/** The same as rows of a table. */
export async function* plannedPages(pool: Pool, jobId: string, wording: Pick<Wording, 'field' | 'value'>): AsyncGenerator<string[][]> {
  for await (const changes of plannedChanges(pool, jobId)) {
    yield changes.map(({ sku, place, field, before, after }) =>
      [place, sku, wording.field(field), wording.value(field, before), wording.value(field, after)].map((text) => guardCell(cellText(text))),
    );
  }
}
