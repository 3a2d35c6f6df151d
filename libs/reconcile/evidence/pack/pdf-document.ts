import { createRequire } from 'node:module';
import { plainText } from '#kernel';
import pdfmake from 'pdfmake';
import type { Content, TableCell, TDocumentDefinitions, TFontDictionary } from 'pdfmake/interfaces.js';
import { wordDiff } from '../../diff/index.js';
import { lastWriterText } from '../last-writer-text.js';
import { storyText } from '../story-line.js';
import { fieldName, fieldText } from './field-names.js';
import type { HanFont } from './han-font.js';
import { accountLine, incidentKind, incidentLine, incidentTags, incidentTitle, proofNote } from './incident-words.js';
import { mediaColumns, type PackAlbum, pictureCaption } from './pack-album.js';
import type { PackContent, PackIncident } from './pack-content.js';
import type { PackWords } from './pack-words.js';
import { HAN_FONT_NAME, PdfText } from './pdf-text.js';

const SOFT = '#667085';
const BAD = '#b42318';
const GOOD = '#157347';
const FILLS = { '': '#f6f8fa', bad: '#fdeceb', good: '#e9f6ef' } as const;

const ROBOTO = createRequire(import.meta.url)('pdfmake/fonts/Roboto.js') as TFontDictionary;

/** What every part of a document is made with. */
interface Making {
  readonly album: PackAlbum;
  readonly words: PackWords;
  readonly text: PdfText;
}

interface Column {
  readonly title: string;
  readonly tone: keyof typeof FILLS;
  readonly body: Content;
}

function row(columns: readonly Column[], { text }: Making): Content {
  return {
    table: {
      widths: columns.map(() => '*'),
      body: [
        columns.map(({ title, tone, body }): TableCell => ({
          stack: [text.write(title, { bold: true, fontSize: 8.5, margin: [0, 0, 0, 3] }), body],
          fillColor: FILLS[tone],
          margin: [4, 4, 4, 4],
        })),
      ],
    },
    layout: { hLineWidth: () => 0, vLineWidth: () => 3, vLineColor: () => '#ffffff' },
  };
}

function pictures(names: readonly string[], { album, words, text }: Making): Content {
  if (names.length === 0) return text.write(words.say('no-pictures'), { color: SOFT });
  return names.map((name, at): Content => {
    const image = album.thumbnail(name);
    const caption = text.write(`${at + 1}. ${pictureCaption(name)}`, { fontSize: 6, color: SOFT, margin: [0, 1, 0, 5] });
    return image === undefined ? { stack: [text.write(words.say('picture-lost'), { color: SOFT }), caption] } : { stack: [{ image, fit: [110, 110] }, caption], unbreakable: true };
  });
}

function marked(wanted: string, live: string, side: 'expected' | 'live', { words, text }: Making): Content {
  const spans = wordDiff(plainText(wanted), plainText(live)).filter((span) => span[side] !== '');
  if (spans.length === 0) return text.write(words.say('empty'), { color: SOFT });
  const style = { color: side === 'live' ? BAD : GOOD, bold: true };
  return text.parts(spans.map((span) => ({ text: `${span[side]} `, ...(!span.same && { style }) })));
}

function comparison(incident: PackIncident, making: Making): Content {
  const { words, text } = making;
  const sides = (wanted: Content, live: Content, after?: Content): Content =>
    row(
      [
        { title: words.say('column-wanted'), tone: '', body: wanted },
        { title: words.say('column-live'), tone: 'bad', body: live },
        ...(after === undefined ? [] : [{ title: words.say('column-after'), tone: 'good' as const, body: after }]),
      ],
      making,
    );
  const media = mediaColumns(incident);
  if (media !== undefined) return sides(pictures(media.wanted, making), pictures(media.live, making), incident.healedAt === null ? undefined : pictures(media.after, making));
  const { wanted, live, after } = incident;
  if ((incident.facet === 'title' || incident.facet === 'description') && typeof live === 'string') {
    const master = typeof wanted === 'string' ? wanted : '';
    return sides(marked(master, live, 'expected', making), marked(master, live, 'live', making), typeof after === 'string' ? text.write(plainText(after)) : undefined);
  }
  if (incident.changes.length > 0) {
    const currency = typeof wanted === 'object' && wanted !== null && 'currency' in wanted ? String(wanted.currency) : '';
    const rows = incident.changes.map(({ path, expected, live: shown }): TableCell[] => [
      text.write(fieldName(incident.facet, path, words)),
      text.write(fieldText(incident.facet, expected, currency, words), { color: GOOD }),
      text.write(fieldText(incident.facet, shown, currency, words), { color: BAD }),
    ]);
    return table([words.say('field'), words.say('column-wanted'), words.say('column-live')], ['30%', '35%', '35%'], rows, making);
  }
  if (live === undefined) return text.write(words.say('pruned'), { color: SOFT });
  return sides(text.write(JSON.stringify(wanted ?? null)), text.write(JSON.stringify(live)));
}

function table(titles: readonly string[], widths: (string | number)[], rows: readonly TableCell[][], { text }: Making): Content {
  const head = titles.map((title): TableCell => text.write(title, { bold: true, color: SOFT }));
  return { table: { headerRows: 1, dontBreakRows: true, widths, body: [head, ...rows] }, layout: 'lightHorizontalLines' };
}

function heading(title: string, { text }: Making): Content {
  return text.write(title.toUpperCase(), { fontSize: 7.5, color: SOFT, characterSpacing: 0.4, margin: [0, 9, 0, 4], headlineLevel: 2 });
}

function story({ lines }: PackIncident, making: Making): Content {
  const { words, text } = making;
  if (lines.length === 0) return text.write(words.say('no-entries'), { color: SOFT });
  const rows = lines.map((line): TableCell[] => [
    text.write(words.time(line.at), { color: SOFT }),
    text.write(storyText(line.text, words.locale)),
    text.write(words.say('entry-number', { seq: line.seq ?? '—', hash: (line.hash ?? '').slice(0, 12) }), { color: SOFT, fontSize: 7 }),
  ]);
  return table([words.say('time'), words.say('event'), words.say('entry')], [112, '*', 108], rows, making);
}

function incidentPdf(incident: PackIncident, number: number, making: Making): Content {
  const { words, text } = making;
  const tags = incidentTags(incident, words).flatMap(({ text: name, tone }, at) => [
    { text: at === 0 ? '' : '   ·   ' },
    { text: name, style: { color: tone === 'bad' ? BAD : tone === 'good' ? GOOD : SOFT, bold: true } },
  ]);
  return [
    text.write(incidentTitle(incident, number, words), { fontSize: 13, bold: true, margin: [0, 22, 0, 2], headlineLevel: 1 }),
    text.write(incidentLine(incident, words), { color: SOFT }),
    text.parts(tags, { margin: [0, 3, 0, 0] }),
    heading(words.say('comparison'), making),
    comparison(incident, making),
    heading(words.say('last-writer'), making),
    text.write(lastWriterText(incident.lastWriter, words.locale, (iso) => words.time(iso))),
    heading(words.say('story'), making),
    story(incident, making),
  ];
}

function summary(incidents: readonly PackIncident[], making: Making): Content {
  const { words, text } = making;
  const titles = [words.say('number'), 'SKU', words.say('article'), words.say('what-happened'), words.say('noticed'), words.say('healed')];
  const rows = incidents.map((incident, at): TableCell[] => [
    text.write(String(at + 1)),
    text.write(incident.sku),
    text.write(incident.key),
    text.write(incidentKind(incident, words)),
    text.write(words.time(incident.noticedAt)),
    text.write(incident.healedAt === null ? '—' : words.time(incident.healedAt)),
  ]);
  return table(titles, ['auto', 'auto', 'auto', '*', 78, 78], rows, making);
}

/** The fonts of a document: Roboto for Latin and Cyrillic letters, the given one for Chinese. */
function fontsWith(han: HanFont | undefined): TFontDictionary {
  // Of a file of several fonts pdfmake wants its name too, which its types do not know.
  return han === undefined ? ROBOTO : { ...ROBOTO, [HAN_FONT_NAME]: { normal: [...han.normal] as never, bold: [...han.bold] as never } };
}

/** The pack as a document to print or to attach; its fonts are embedded. Without `han` Chinese characters in it are not readable. */
export async function packPdf(content: PackContent, album: PackAlbum, words: PackWords, han: HanFont | undefined): Promise<Buffer> {
  const { account, incidents } = content;
  const text = new PdfText(words, han !== undefined);
  const making = { album, words, text };
  const document: TDocumentDefinitions = {
    pageSize: 'A4',
    pageMargins: [40, 44, 40, 48],
    info: { title: words.say('page-title', { account: account.title }), creationDate: new Date(content.madeAt) },
    language: words.locale,
    defaultStyle: { font: 'Roboto', fontSize: 9, lineHeight: 1.18, color: '#1b1f24' },
    footer: (page, pages) => ({ text: `${page} / ${pages}`, alignment: 'center', color: SOFT, fontSize: 8, margin: [0, 16, 0, 0] }),
    pageBreakBefore: (node, container) => node.headlineLevel !== undefined && container.getFollowingNodesOnPage().length === 0,
    content: [
      text.write(words.say('heading'), { fontSize: 19, bold: true }),
      text.write(accountLine(content, words), { color: SOFT, margin: [0, 2, 0, 12] }),
      summary(incidents, making),
      ...incidents.map((incident, at) => incidentPdf(incident, at + 1, making)),
      { stack: proofNote(content, words).map((line) => text.write(line, { margin: [0, 0, 0, 3] })), color: SOFT, fontSize: 7.5, margin: [0, 22, 0, 0] },
    ],
  };
  const fonts = fontsWith(han);
  const files = new Set<unknown>(Object.values(fonts).flatMap((font) => Object.values(font).flat()));
  pdfmake.setFonts(fonts);
  // A document is made of the pack's own pictures only; nothing it says may make the program fetch anything.
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => files.has(path));
  return pdfmake.createPdf(document).getBuffer();
}
