import type { Say } from './cli-texts.js';
import { listAt, member, numberAt, textAt } from './json-reading.js';
import { short, table } from './lines.js';
import type { Show } from './show.js';
import { fieldWords, valueWords, word } from './words.js';

const SHOWN_CHANGES = 20;
const SHOWN_SKUS = 5;
const COUNTS = ['rows', 'created', 'updated', 'unchanged', 'failed', 'skipped'] as const;

/** How an import ended, for a person: what became of the rows, why it waits, the first changes and the first lines of the report. */
export const showImport: Show = (answer, say) => {
  const held = member(answer, 'held');
  const dry = member(answer, 'dry') === true;
  const waits = textAt(answer, 'state') === 'held';
  const id = textAt(answer, 'id');
  const why = [held, member(answer, 'rejected'), member(answer, 'unreadable')].filter((one) => one !== undefined);
  const counts = Object.fromEntries(COUNTS.map((outcome) => [outcome, numberAt(answer, outcome)]));
  const failure = textAt(answer, 'failure');
  const lines = listAt(answer, 'lines');
  return [
    say(waits ? 'import.held' : dry ? 'import.tried' : 'import.counts', counts),
    ...why.map((one) => `${textAt(one, 'reason')} — ${textAt(one, 'remedy')}`),
    ...(failure !== '' && why.length === 0 ? [short(failure, 300)] : []),
    ...missing(held, say),
    ...changes(answer, say),
    ...lines.map((line) => reportLine(line, say)),
    ...(member(answer, 'more') === true ? [say('import.more')] : []),
    // Rows that were taken only in part count as taken: what was left out stands in the report alone.
    ...(lines.length > 0 ? [say('import.report', { id })] : []),
    ...(waits ? [say('import.how-accept', { id })] : []),
  ].join('\n');
};

/** Imports, newest first: the file, how it ended, what became of its rows. */
export const showImports: Show = (page, say) => {
  const items = listAt(page, 'items');
  if (items.length === 0) return say('job.none');
  return table(
    items.map((one) => [
      textAt(one, 'id'),
      short(textAt(one, 'name'), 50),
      `${word(say, 'jobState', textAt(one, 'state'))}${member(one, 'dry_run') === true ? `, ${say('import.rehearsal')}` : ''}`,
      say('import.counts', Object.fromEntries(COUNTS.map((outcome) => [outcome, numberAt(one, outcome)]))),
    ]),
  );
};

/** The columns of a table as they are understood, in a form that `--columns` takes back. */
export const showColumns: Show = (answer, say) => {
  const columns = listAt(answer, 'columns');
  const doubt = (column: unknown): string => [textAt(column, 'doubt', 'reason'), textAt(column, 'doubt', 'remedy')].filter(Boolean).join(' — ');
  const lines = table(columns.map((column) => [short(textAt(column, 'header'), 60), textAt(column, 'meaning'), doubt(column)]));
  const quoted = columns.map((column) => (/[\s"']/.test(textAt(column, 'meaning')) ? JSON.stringify(textAt(column, 'meaning')) : textAt(column, 'meaning')));
  return columns.length === 0 ? '' : `${lines}\n${say('import.how-columns', { columns: quoted.join(' ') })}`;
};

function missing(held: unknown, say: Say): string[] {
  const gone = numberAt(held, 'missing');
  if (gone === 0) return [];
  const skus = listAt(held, 'missingSkus').slice(0, SHOWN_SKUS).join(', ');
  return [say('import.missing', { missing: gone, skus: gone > SHOWN_SKUS ? `${skus}, …` : skus })];
}

function changes(answer: unknown, say: Say): string[] {
  const sample = listAt(answer, 'sample');
  const shown = sample.slice(0, SHOWN_CHANGES).map((change) => {
    const path = textAt(change, 'field');
    const side = (name: string): string => valueWords(say, path, member(change, name), 80);
    return `${textAt(change, 'sku')}  ${fieldWords(say, path)}: ${side('before')} → ${side('after')}`;
  });
  return sample.length > SHOWN_CHANGES ? [...shown, say('import.more')] : shown;
}

function reportLine(line: unknown, say: Say): string {
  const sku = textAt(line, 'sku');
  return say('import.line', {
    place: textAt(line, 'place'),
    sku: sku === '' ? '' : ` (${short(sku, 50)})`,
    field: fieldWords(say, textAt(line, 'field')),
    value: short(textAt(line, 'value'), 60),
    reason: textAt(line, 'reason'),
    remedy: textAt(line, 'remedy'),
  });
}
