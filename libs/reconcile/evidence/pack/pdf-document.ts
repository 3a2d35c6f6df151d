import { createRequire } from 'node:module';
import { plainText } from '#kernel';
import pdfmake from 'pdfmake';
import type { Content, TableCell, TDocumentDefinitions, TFontDictionary } from 'pdfmake/interfaces.js';
import { wordDiff } from '../../diff/index.js';
import { lastWriterText } from '../last-writer-text.js';
import { FACET_NAMES, KIND_NAMES } from '../story-names.js';
import { storyText } from '../story-line.js';
import { fieldName, fieldText } from './field-names.js';
import { COLUMN_TITLES, incidentTags } from './html-incident.js';
import { proofNote } from './html-page.js';
import { moscowTime } from './moscow-time.js';
import { mediaColumns, type PackAlbum, pictureCaption } from './pack-album.js';
import type { PackContent, PackIncident } from './pack-content.js';

const SOFT = '#667085';
const BAD = '#b42318';
const GOOD = '#157347';
const FILLS = { '': '#f6f8fa', bad: '#fdeceb', good: '#e9f6ef' } as const;
const LONGEST_TEXT = 4_000;

const fonts: TFontDictionary = createRequire(import.meta.url)('pdfmake/fonts/Roboto.js') as TFontDictionary;

const FONT_FILES: ReadonlySet<unknown> = new Set(Object.values(fonts).flatMap((font) => Object.values(font)));

/** Controls have no glyph and long words no place to break; both are common in garbled texts. */
function printable(text: string): string {
  const shown = text.replace(/[\u0000-\u0008\u000b-\u001f\u007f\ud800-\udfff]/g, '\u00b7').replace(/(\S{28})(?=\S)/g, '$1\u200b');
  return shown.length > LONGEST_TEXT ? `${shown.slice(0, LONGEST_TEXT)}… (полностью — в pack.json)` : shown;
}

function row(columns: readonly { readonly title: string; readonly tone: keyof typeof FILLS; readonly body: Content }[]): Content {
  return {
    table: {
      widths: columns.map(() => '*'),
      body: [
        columns.map(({ title, tone, body }): TableCell => ({
          stack: [{ text: title, bold: true, fontSize: 8.5, margin: [0, 0, 0, 3] }, body],
          fillColor: FILLS[tone],
          margin: [4, 4, 4, 4],
        })),
      ],
    },
    layout: { hLineWidth: () => 0, vLineWidth: () => 3, vLineColor: () => '#ffffff' },
  };
}

function pictures(names: readonly string[], album: PackAlbum): Content {
  if (names.length === 0) return { text: 'нет фотографий', color: SOFT };
  return names.map((name, at): Content => {
    const image = album.thumbnail(name);
    const caption: Content = { text: printable(`${at + 1}. ${pictureCaption(name)}`), fontSize: 6, color: SOFT, margin: [0, 1, 0, 5] };
    return image === undefined ? { stack: [{ text: 'файл не сохранён', color: SOFT }, caption] } : { stack: [{ image, fit: [110, 110] }, caption], unbreakable: true };
  });
}

function words(wanted: string, live: string, side: 'expected' | 'live'): Content {
  const parts = wordDiff(plainText(wanted), plainText(live)).filter((span) => span[side] !== '');
  if (parts.length === 0) return { text: 'пусто', color: SOFT };
  const color = side === 'live' ? BAD : GOOD;
  return { text: parts.map((span) => ({ text: printable(`${span[side]} `), ...(span.same ? {} : { color, bold: true }) })) };
}

function comparison(incident: PackIncident, album: PackAlbum): Content {
  const healed = incident.healedAt !== null;
  const media = mediaColumns(incident);
  if (media !== undefined) {
    return row([
      { title: COLUMN_TITLES.wanted, tone: '', body: pictures(media.wanted, album) },
      { title: COLUMN_TITLES.live, tone: 'bad', body: pictures(media.live, album) },
      ...(healed ? [{ title: COLUMN_TITLES.after, tone: 'good' as const, body: pictures(media.after, album) }] : []),
    ]);
  }
  const { wanted, live, after } = incident;
  if ((incident.facet === 'title' || incident.facet === 'description') && typeof live === 'string') {
    const master = typeof wanted === 'string' ? wanted : '';
    return row([
      { title: COLUMN_TITLES.wanted, tone: '', body: words(master, live, 'expected') },
      { title: COLUMN_TITLES.live, tone: 'bad', body: words(master, live, 'live') },
      ...(typeof after === 'string' ? [{ title: COLUMN_TITLES.after, tone: 'good' as const, body: { text: printable(plainText(after)) } }] : []),
    ]);
  }
  if (incident.changes.length > 0) {
    const currency = typeof wanted === 'object' && wanted !== null && 'currency' in wanted ? String(wanted.currency) : '';
    const head: TableCell[] = ['Поле', COLUMN_TITLES.wanted, COLUMN_TITLES.live].map((text) => ({ text, bold: true, color: SOFT }));
    const rows = incident.changes.map(({ path, expected, live: shown }): TableCell[] => [
      { text: printable(fieldName(incident.facet, path)) },
      { text: printable(fieldText(incident.facet, path, expected, currency)), color: GOOD },
      { text: printable(fieldText(incident.facet, path, shown, currency)), color: BAD },
    ]);
    return { table: { headerRows: 1, dontBreakRows: true, widths: ['30%', '35%', '35%'], body: [head, ...rows] }, layout: 'lightHorizontalLines' };
  }
  if (live === undefined) return { text: 'Содержимое записи удалено по сроку хранения; отпечатки сохранены.', color: SOFT };
  return row([
    { title: COLUMN_TITLES.wanted, tone: '', body: { text: printable(JSON.stringify(wanted ?? null)) } },
    { title: COLUMN_TITLES.live, tone: 'bad', body: { text: printable(JSON.stringify(live)) } },
  ]);
}

function heading(text: string): Content {
  return { text: text.toUpperCase(), fontSize: 7.5, color: SOFT, characterSpacing: 0.4, margin: [0, 9, 0, 4], headlineLevel: 2 };
}

function incidentPdf(incident: PackIncident, number: number, album: PackAlbum): Content {
  const tags = incidentTags(incident).flatMap(({ text, tone }, at) => [
    { text: at === 0 ? '' : '   ·   ' },
    { text: printable(text), color: tone === 'bad' ? BAD : tone === 'good' ? GOOD : SOFT, bold: true },
  ]);
  const head: TableCell[] = ['Время', 'Событие', 'Запись'].map((text) => ({ text, bold: true, color: SOFT }));
  const lines = incident.lines.map((line): TableCell[] => [
    { text: moscowTime(line.at), color: SOFT },
    { text: printable(storyText(line.text, 'ru')) },
    { text: `№ ${line.seq ?? '—'} · ${(line.hash ?? '').slice(0, 12)}`, color: SOFT, fontSize: 7 },
  ]);
  return [
    {
      text: printable(`${number}. ${FACET_NAMES[incident.facet].ru}${incident.part === '' ? '' : ` (${incident.part})`}: ${incident.title ?? incident.key}`),
      fontSize: 13,
      bold: true,
      margin: [0, 22, 0, 2],
      headlineLevel: 1,
    },
    { text: printable(`Артикул ${incident.key} · SKU ${incident.sku} · замечено ${moscowTime(incident.noticedAt)}`), color: SOFT },
    { text: tags, margin: [0, 3, 0, 0] },
    heading('Сравнение'),
    comparison(incident, album),
    heading('Кто записал последним'),
    { text: printable(lastWriterText(incident.lastWriter, 'ru', moscowTime)) },
    heading('Ход событий'),
    lines.length === 0
      ? { text: 'Записей нет.', color: SOFT }
      : { table: { headerRows: 1, dontBreakRows: true, widths: [112, '*', 108], body: [head, ...lines] }, layout: 'lightHorizontalLines' },
  ];
}

function summary(incidents: readonly PackIncident[]): Content {
  const head: TableCell[] = ['№', 'SKU', 'Артикул', 'Что случилось', 'Замечено', 'Исправлено'].map((text) => ({ text, bold: true, color: SOFT }));
  const rows = incidents.map((incident, at): TableCell[] => [
    { text: String(at + 1) },
    { text: printable(incident.sku) },
    { text: printable(incident.key) },
    { text: `${FACET_NAMES[incident.facet].ru}: ${KIND_NAMES[incident.kind].ru}` },
    { text: moscowTime(incident.noticedAt) },
    { text: incident.healedAt === null ? '—' : moscowTime(incident.healedAt) },
  ]);
  return { table: { headerRows: 1, dontBreakRows: true, widths: ['auto', 'auto', 'auto', '*', 78, 78], body: [head, ...rows] }, layout: 'lightHorizontalLines' };
}

/** The pack as a document to print or to attach, with an embedded font that has Cyrillic. */
export async function packPdf(content: PackContent, album: PackAlbum): Promise<Buffer> {
  const { account, incidents } = content;
  const document: TDocumentDefinitions = {
    pageSize: 'A4',
    pageMargins: [40, 44, 40, 48],
    info: { title: `Доказательства: ${account.title}`, creationDate: new Date(content.madeAt) },
    defaultStyle: { font: 'Roboto', fontSize: 9, lineHeight: 1.18, color: '#1b1f24' },
    footer: (page, pages) => ({ text: `${page} / ${pages}`, alignment: 'center', color: SOFT, fontSize: 8, margin: [0, 16, 0, 0] }),
    pageBreakBefore: (node, container) => node.headlineLevel !== undefined && container.getFollowingNodesOnPage().length === 0,
    content: [
      { text: 'Расхождения карточек с эталоном', fontSize: 19, bold: true },
      {
        text: printable(`Кабинет «${account.title}» (${account.channel}) · составлено ${moscowTime(content.madeAt)} · случаев: ${incidents.length}`),
        color: SOFT,
        margin: [0, 2, 0, 12],
      },
      summary(incidents),
      ...incidents.map((incident, at) => incidentPdf(incident, at + 1, album)),
      { stack: proofNote(content).map((text) => ({ text: printable(text), margin: [0, 0, 0, 3] })), color: SOFT, fontSize: 7.5, margin: [0, 22, 0, 0] },
    ],
  };
  pdfmake.setFonts(fonts);
  // A document is made of the pack's own pictures only; nothing it says may make the program fetch anything.
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => FONT_FILES.has(path));
  return pdfmake.createPdf(document).getBuffer();
}
