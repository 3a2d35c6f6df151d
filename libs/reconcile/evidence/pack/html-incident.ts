import { plainText } from '#kernel';
import { wordDiff } from '../../diff/index.js';
import { lastWriterText } from '../last-writer-text.js';
import { CAUSE_NAMES, FACET_NAMES, KIND_NAMES } from '../story-names.js';
import { storyText } from '../story-line.js';
import { fieldName, fieldText } from './field-names.js';
import { escapeHtml } from './html-escape.js';
import { moscowTime } from './moscow-time.js';
import { mediaColumns, type PackAlbum, pictureCaption } from './pack-album.js';
import type { PackIncident } from './pack-content.js';

export const COLUMN_TITLES = { wanted: 'Как должно быть', live: 'Что показал канал', after: 'После исправления' } as const;

function column(kind: '' | 'bad' | 'good', title: string, html: string): string {
  return `<div class="column ${kind}"><b>${title}</b>${html}</div>`;
}

function pictures(names: readonly string[], album: PackAlbum): string {
  if (names.length === 0) return '<span class="soft">нет фотографий</span>';
  const figures = names.map((name, at) => {
    const picture = album.find(name);
    const image =
      picture === undefined || album.thumbnail(name) === undefined
        ? '<div class="nopicture">файл не сохранён</div>'
        : `<a href="${picture.file}"><img src="${picture.file}" alt="Фотография ${at + 1}"></a>`;
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

function text(html: string): string {
  return html === '' ? '<span class="soft">пусто</span>' : `<div class="text">${html}</div>`;
}

function fieldsTable(incident: PackIncident, currency: string): string {
  const rows = incident.changes.map(
    ({ path, expected, live }) =>
      `<tr><td>${escapeHtml(fieldName(incident.facet, path))}</td><td><ins>${escapeHtml(fieldText(incident.facet, path, expected, currency))}</ins></td><td><del>${escapeHtml(fieldText(incident.facet, path, live, currency))}</del></td></tr>`,
  );
  return `<table><thead><tr><th>Поле</th><th>${COLUMN_TITLES.wanted}</th><th>${COLUMN_TITLES.live}</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function healedNote(incident: PackIncident): string {
  return incident.healedAt === null ? '' : `<p class="soft">Эталон снова виден на канале с ${moscowTime(incident.healedAt)}.</p>`;
}

/** Before and after side by side, by the shape of the facet. */
function comparison(incident: PackIncident, album: PackAlbum): string {
  const media = mediaColumns(incident);
  if (media !== undefined) {
    const after = incident.healedAt === null ? '' : column('good', COLUMN_TITLES.after, pictures(media.after, album));
    return `<div class="columns">${column('', COLUMN_TITLES.wanted, pictures(media.wanted, album))}${column('bad', COLUMN_TITLES.live, pictures(media.live, album))}${after}</div>`;
  }
  const { wanted, live, after } = incident;
  if ((incident.facet === 'title' || incident.facet === 'description') && typeof live === 'string') {
    const both = marked(typeof wanted === 'string' ? wanted : '', live);
    const healed = typeof after === 'string' ? column('good', COLUMN_TITLES.after, text(escapeHtml(plainText(after)))) : '';
    return `<div class="columns">${column('', COLUMN_TITLES.wanted, text(both.wanted))}${column('bad', COLUMN_TITLES.live, text(both.live))}${healed}</div>`;
  }
  const currency = typeof wanted === 'object' && wanted !== null && 'currency' in wanted ? String(wanted.currency) : '';
  if (incident.changes.length > 0) return fieldsTable(incident, currency) + healedNote(incident);
  if (live === undefined) return '<p class="soft">Содержимое записи удалено по сроку хранения; отпечатки сохранены.</p>';
  return `<div class="columns">${column('', COLUMN_TITLES.wanted, text(escapeHtml(JSON.stringify(wanted ?? null))))}${column('bad', COLUMN_TITLES.live, text(escapeHtml(JSON.stringify(live))))}</div>${healedNote(incident)}`;
}

function timeline(incident: PackIncident): string {
  const rows = incident.lines.map(
    (line) =>
      `<tr><td class="time">${moscowTime(line.at)}</td><td>${escapeHtml(storyText(line.text, 'ru'))}</td><td class="hash" title="${line.hash ?? ''}">№ ${line.seq ?? '—'} · ${(line.hash ?? '').slice(0, 12)}</td></tr>`,
  );
  return `<table><thead><tr><th>Время</th><th>Событие</th><th>Запись</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

export function incidentTags(incident: PackIncident): readonly { readonly text: string; readonly tone: '' | 'bad' | 'good' }[] {
  return [
    { text: KIND_NAMES[incident.kind].ru, tone: 'bad' },
    { text: CAUSE_NAMES[incident.cause].ru, tone: '' },
    ...(incident.partners.length === 0 ? [] : [{ text: `показано содержимое: ${incident.partners.map((partner) => partner.sku).join(', ')}`, tone: 'bad' as const }]),
    incident.healedAt === null ? { text: 'не исправлено', tone: 'bad' } : { text: `исправлено ${moscowTime(incident.healedAt)}`, tone: 'good' },
  ];
}

export function incidentHtml(incident: PackIncident, number: number, album: PackAlbum): string {
  const tags = incidentTags(incident).map(({ text: name, tone }) => `<span class="tag ${tone}">${escapeHtml(name)}</span>`);
  return `<section id="i${number}">
<h2>${number}. ${escapeHtml(FACET_NAMES[incident.facet].ru)}${incident.part === '' ? '' : ` (${escapeHtml(incident.part)})`}: ${escapeHtml(incident.title ?? incident.key)}</h2>
<p class="soft">Артикул ${escapeHtml(incident.key)} · SKU ${escapeHtml(incident.sku)} · замечено ${moscowTime(incident.noticedAt)}</p>
<div class="tags">${tags.join('')}</div>
<h3>Сравнение</h3>
${comparison(incident, album)}
<h3>Кто записал последним</h3>
<p class="writer">${escapeHtml(lastWriterText(incident.lastWriter, 'ru', moscowTime))}</p>
<h3>Ход событий</h3>
${timeline(incident)}
</section>`;
}
