import { listAt, member, numberAt, textAt } from './json-reading.js';

const STATES = [
  ['in_sync', 'совпадают'],
  ['pending', 'ждут отправки'],
  ['drifted', 'расходятся'],
  ['failing', 'не принимаются'],
  ['held', 'придержаны'],
  ['ignored', 'по правилу не важны'],
  ['unknown', 'не прочитаны'],
] as const;

function short(value: unknown, most = 100): string {
  const text = value === undefined || value === null ? '—' : typeof value === 'string' ? value : JSON.stringify(value);
  const line = text.replaceAll(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}

/** Columns as wide as their widest cell. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>((all, row) => row.map((cell, at) => Math.max(all[at] ?? 0, cell.length)), []);
  return rows.map((row) => row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0))).join('  ')).join('\n');
}

export function showStatus(status: unknown): string {
  const lines = listAt(status, 'accounts').map((account) => {
    const counts = STATES.filter(([state]) => numberAt(account, state) > 0).map(([state, name]) => `${name} ${numberAt(account, state)}`);
    const ages = Object.entries(Object(member(account, 'sweep_age_seconds')) as Record<string, unknown>).map(
      ([facet, age]) => `${facet} ${typeof age === 'number' ? `${age} с` : '—'}`,
    );
    const state =
      textAt(account, 'state') === 'active' ? '' : ` [${textAt(account, 'state')}${textAt(account, 'state_reason') === '' ? '' : `: ${short(textAt(account, 'state_reason'))}`}]`;
    return `${textAt(account, 'id')}  ${short(textAt(account, 'title'), 60)}${state}: карточек ${numberAt(account, 'listings')}${counts.length === 0 ? '' : ` — ${counts.join(', ')}`}\n   последнее чтение: ${ages.join(', ')}`;
  });
  const demo = member(status, 'demo');
  if (textAt(demo, 'state') === 'generating') lines.push(`Демо-каталог: готово ${numberAt(demo, 'made')} из ${numberAt(demo, 'of')}`);
  return lines.length === 0 ? 'Аккаунтов ещё нет: npm run -s etalon -- account add <канал> --set ключ=значение' : lines.join('\n');
}

export function showDrifts(page: unknown): string {
  const items = listAt(page, 'items');
  if (items.length === 0) return 'Расхождений нет.';
  return table([
    ['id', 'артикул', 'что', 'вид', 'причина', 'состояние', 'замечено'],
    ...items.map((drift) => [
      textAt(drift, 'id'),
      short(textAt(drift, 'sku') || textAt(drift, 'key'), 30),
      textAt(drift, 'facet'),
      textAt(drift, 'kind'),
      textAt(drift, 'cause'),
      `${textAt(drift, 'state')}${textAt(drift, 'reason') === '' ? '' : ` (${short(textAt(drift, 'reason'), 40)})`}`,
      textAt(drift, 'noticed_at').slice(0, 19).replace('T', ' '),
    ]),
  ]);
}

/** Only facets that differ. */
export function differing(answer: unknown): readonly unknown[] {
  return listAt(answer, 'listings').flatMap((listing) => listAt(listing, 'diff').filter((facet) => listAt(facet, 'changes').length > 0));
}

export function showDiff(answer: unknown): string {
  const blocks = listAt(answer, 'listings').map((listing) => {
    const facets = listAt(listing, 'diff').filter((facet) => listAt(facet, 'changes').length > 0);
    const head = `Аккаунт ${textAt(listing, 'account_id')}, карточка ${short(textAt(listing, 'key'))}: ${textAt(listing, 'state')}`;
    const lines = facets.flatMap((facet) =>
      listAt(facet, 'changes').map(
        (change) => `  ${textAt(change, 'path')}\n    эталон: ${short(member(change, 'expected'), 160)}\n    канал:  ${short(member(change, 'live'), 160)}`,
      ),
    );
    return [head, ...(lines.length === 0 ? ['  отличий нет'] : lines)].join('\n');
  });
  return blocks.join('\n');
}

export function showStory(answer: unknown): string {
  return listAt(answer, 'stories')
    .map((story) => {
      const lines = listAt(story, 'lines').map(
        (line) => `  ${textAt(line, 'at').slice(0, 19).replace('T', ' ')}  ${textAt(line, 'facet').padEnd(11)}  ${short(textAt(line, 'shown'), 300)}`,
      );
      const writers = listAt(story, 'lastWriters').map((writer) => `  ${textAt(writer, 'facet')}: ${short(textAt(writer, 'shown'), 300)}`);
      return [
        `Карточка ${short(textAt(story, 'key'))}, аккаунт ${textAt(story, 'accountId')}: ${textAt(story, 'state')}`,
        ...lines,
        ...(writers.length === 0 ? [] : ['Кто писал последним:', ...writers]),
      ].join('\n');
    })
    .join('\n\n');
}

export function showVerify(answer: unknown): string {
  return listAt(answer, 'accounts')
    .map((account) => {
      const problem = member(account, 'problem');
      const verdict = problem === undefined ? 'цепочка цела' : `НАРУШЕНИЕ: запись ${textAt(problem, 'seq')}, ${textAt(problem, 'kind')} ${short(textAt(problem, 'detail'))}`;
      return `${textAt(account, 'account')}  ${short(textAt(account, 'title'), 60)}: записей ${numberAt(account, 'count')}, ${verdict}`;
    })
    .join('\n');
}

export function showImport(answer: unknown): string {
  const head = `Строк ${numberAt(answer, 'rows')}: создано ${numberAt(answer, 'created')}, изменено ${numberAt(answer, 'updated')}, без изменений ${numberAt(answer, 'unchanged')}, с ошибками ${numberAt(answer, 'failed')}, пропущено ${numberAt(answer, 'skipped')}`;
  const notes = listAt(answer, 'report')
    .slice(0, 50)
    .map(
      (note) => `  строка ${textAt(note, 'row')} ${short(textAt(note, 'sku'), 30)} ${textAt(note, 'field')}: ${short(textAt(note, 'reason'))} — ${short(textAt(note, 'remedy'))}`,
    );
  const held = member(answer, 'held') === undefined ? [] : ['Импорт остановлен: ничего не записано. Если так и задумано, повторите с --accept.'];
  return [head, ...held, ...notes].join('\n');
}
