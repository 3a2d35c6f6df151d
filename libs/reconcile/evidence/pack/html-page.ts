import { escapeHtml } from './html-escape.js';
import { incidentHtml } from './html-incident.js';
import { PACK_STYLE } from './html-style.js';
import { accountLine, incidentKind, proofNote } from './incident-words.js';
import type { PackAlbum } from './pack-album.js';
import type { PackContent, PackIncident } from './pack-content.js';
import type { PackWords } from './pack-words.js';

function summary(incidents: readonly PackIncident[], words: PackWords): string {
  const rows = incidents.map(
    (incident, at) =>
      `<tr><td><a href="#i${at + 1}">${at + 1}</a></td><td>${escapeHtml(incident.sku)}</td><td>${escapeHtml(incident.key)}</td><td>${escapeHtml(incidentKind(incident, words))}</td><td>${words.time(incident.noticedAt)}</td><td>${incident.healedAt === null ? '—' : words.time(incident.healedAt)}</td></tr>`,
  );
  const heads = [words.say('number'), 'SKU', words.say('article'), words.say('what-happened'), words.say('noticed'), words.say('healed')];
  return `<table><thead><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

/** The page of a pack; `notes` tell its reader what is particular to this pack's files. */
export function packPage(content: PackContent, album: PackAlbum, words: PackWords, notes: readonly string[]): string {
  const { account, incidents, missing } = content;
  return `<!doctype html>
<html lang="${words.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'">
<title>${escapeHtml(words.say('page-title', { account: account.title }))}</title>
<style>${PACK_STYLE}</style>
</head>
<body>
<h1>${words.say('heading')}</h1>
<p class="soft">${escapeHtml(accountLine(content, words))}</p>
${notes.map((note) => `<p>${escapeHtml(note)}</p>`).join('\n')}
<h3>${words.say('list')}</h3>
${summary(incidents, words)}
${missing.length === 0 ? '' : `<p class="soft">${escapeHtml(words.say('without-record', { skus: missing.join(', ') }))}</p>`}
${incidents.map((incident, at) => incidentHtml(incident, at + 1, album, words)).join('\n')}
<footer>${proofNote(content, words)
    .map((line) => `<p>${escapeHtml(line)}</p>`)
    .join('')}</footer>
</body>
</html>
`;
}
