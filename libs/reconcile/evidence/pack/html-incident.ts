import { plainText } from '#kernel';
import { type FieldChange, wordDiff } from '../../diff/index.js';
import { lastWriterText } from '../last-writer-text.js';
import { storyText } from '../story-line.js';
import { fieldName, fieldText } from './field-names.js';
import { escapeHtml } from './html-escape.js';
import { incidentLine, incidentTags, incidentTitle } from './incident-words.js';
import { mediaColumns, type PackAlbum, pictureCaption } from './pack-album.js';
import type { PackIncident } from './pack-content.js';
import type { PackWords } from './pack-words.js';

function column(kind: '' | 'bad' | 'good', title: string, html: string): string {
  return `<div class="column ${kind}"><b>${title}</b>${html}</div>`;
}

function pictures(names: readonly string[], album: PackAlbum, words: PackWords): string {
  if (names.length === 0) return `<span class="soft">${words.say('no-pictures')}</span>`;
  const figures = names.map((name, at) => {
    const picture = album.find(name);
    const image =
      picture === undefined || album.thumbnail(name) === undefined
        ? `<div class="nopicture">${words.say('picture-lost')}</div>`
        : `<a href="${picture.file}"><img src="${picture.file}" alt="${words.say('picture', { number: at + 1 })}"></a>`;
    return `<figure>${image}<figcaption title="${escapeHtml(name)}">${at + 1}.&nbsp;${escapeHtml(pictureCaption(name))}</figcaption></figure>`;
  });
  return `<div class="pictures">${figures.join('')}</div>`;
}

function marked(wanted: string, live: string): { wanted: string; live: string } {
  const spans = wordDiff(plainText(wanted), plainText(live));
  const side = (pick: 'expected' | 'live', tag: 'ins' | 'del'): string =>
    spans
      .map((span) => (span.same || span[pick] === '' ? escapeHtml(span[pick]) : `<${tag}>${escapeHtml(span[pick])}</${tag}>`))
      .filter((text) => text !== '')
      .join(' ');
  return { wanted: side('expected', 'ins'), live: side('live', 'del') };
}

function text(html: string, words: PackWords): string {
  return html === '' ? `<span class="soft">${words.say('empty')}</span>` : `<div class="text">${html}</div>`;
}

function fieldsTable(incident: PackIncident, currency: string, words: PackWords): string {
  const shown = (value: FieldChange['live']): string => escapeHtml(fieldText(incident.facet, value, currency, words));
  const rows = incident.changes.map(
    ({ path, expected, live }) => `<tr><td>${escapeHtml(fieldName(incident.facet, path, words))}</td><td><ins>${shown(expected)}</ins></td><td><del>${shown(live)}</del></td></tr>`,
  );
  return `<table><thead><tr><th>${words.say('field')}</th><th>${words.say('column-wanted')}</th><th>${words.say('column-live')}</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function healedNote({ healedAt }: PackIncident, words: PackWords): string {
  return healedAt === null ? '' : `<p class="soft">${words.say('healed-note', { time: words.time(healedAt) })}</p>`;
}

/** Before and after side by side, by the shape of the facet. */
function comparison(incident: PackIncident, album: PackAlbum, words: PackWords): string {
  const sides = (wanted: string, live: string, after = ''): string =>
    `<div class="columns">${column('', words.say('column-wanted'), wanted)}${column('bad', words.say('column-live'), live)}${after === '' ? '' : column('good', words.say('column-after'), after)}</div>`;
  const media = mediaColumns(incident);
  if (media !== undefined) {
    const [wanted, live, after] = [media.wanted, media.live, media.after].map((names) => pictures(names, album, words));
    return sides(wanted ?? '', live ?? '', incident.healedAt === null ? '' : after);
  }
  const { wanted, live, after } = incident;
  if ((incident.facet === 'title' || incident.facet === 'description') && typeof live === 'string') {
    const both = marked(typeof wanted === 'string' ? wanted : '', live);
    return sides(text(both.wanted, words), text(both.live, words), typeof after === 'string' ? text(escapeHtml(plainText(after)), words) : '');
  }
  const currency = typeof wanted === 'object' && wanted !== null && 'currency' in wanted ? String(wanted.currency) : '';
  if (incident.changes.length > 0) return fieldsTable(incident, currency, words) + healedNote(incident, words);
  if (live === undefined) return `<p class="soft">${words.say('pruned')}</p>`;
  return sides(text(escapeHtml(JSON.stringify(wanted ?? null)), words), text(escapeHtml(JSON.stringify(live)), words)) + healedNote(incident, words);
}

function timeline(incident: PackIncident, words: PackWords): string {
  const rows = incident.lines.map(
    ({ at, seq, hash = '', text: told }) =>
      `<tr><td class="time">${words.time(at)}</td><td>${escapeHtml(storyText(told, words.locale))}</td><td class="hash" title="${hash}">${words.say('entry-number', { seq: seq ?? '—', hash: hash.slice(0, 12) })}</td></tr>`,
  );
  return `<table><thead><tr><th>${words.say('time')}</th><th>${words.say('event')}</th><th>${words.say('entry')}</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

export function incidentHtml(incident: PackIncident, number: number, album: PackAlbum, words: PackWords): string {
  const tags = incidentTags(incident, words).map(({ text: name, tone }) => `<span class="tag ${tone}">${escapeHtml(name)}</span>`);
  return `<section id="i${number}">
<h2>${escapeHtml(incidentTitle(incident, number, words))}</h2>
<p class="soft">${escapeHtml(incidentLine(incident, words))}</p>
<div class="tags">${tags.join('')}</div>
<h3>${words.say('comparison')}</h3>
${comparison(incident, album, words)}
<h3>${words.say('last-writer')}</h3>
<p class="writer">${escapeHtml(lastWriterText(incident.lastWriter, words.locale, (iso) => words.time(iso)))}</p>
<h3>${words.say('story')}</h3>
${timeline(incident, words)}
</section>`;
}
