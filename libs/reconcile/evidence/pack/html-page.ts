import { FACET_NAMES, KIND_NAMES } from '../story-names.js';
import { escapeHtml } from './html-escape.js';
import { incidentHtml } from './html-incident.js';
import { PACK_STYLE } from './html-style.js';
import { moscowTime } from './moscow-time.js';
import type { PackAlbum } from './pack-album.js';
import type { PackContent, PackIncident } from './pack-content.js';

function summary(incidents: readonly PackIncident[]): string {
  const rows = incidents.map(
    (incident, at) =>
      `<tr><td><a href="#i${at + 1}">${at + 1}</a></td><td>${escapeHtml(incident.sku)}</td><td>${escapeHtml(incident.key)}</td><td>${escapeHtml(FACET_NAMES[incident.facet].ru)}: ${escapeHtml(KIND_NAMES[incident.kind].ru)}</td><td>${moscowTime(incident.noticedAt)}</td><td>${incident.healedAt === null ? '—' : moscowTime(incident.healedAt)}</td></tr>`,
  );
  return `<table><thead><tr><th>№</th><th>SKU</th><th>Артикул</th><th>Что случилось</th><th>Замечено</th><th>Исправлено</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

/** How the pack can be checked by anybody, in words. */
export function proofNote(content: PackContent): readonly string[] {
  return [
    'Каждая запись содержит хеш предыдущей: изменить, вставить или убрать запись незаметно нельзя. Полные записи, запросы и ответы канала — в pack.json; контрольные суммы всех файлов — в SHA256SUMS (проверка: sha256sum -c SHA256SUMS).',
    ...(content.head === null ? [] : [`Последняя запись цепочки на момент составления: № ${content.head.seq}, ${content.head.hash}.`]),
    content.connected
      ? 'Пакет содержит непрерывный отрезок цепочки до последней записи; чужие карточки в нём представлены только отпечатками.'
      : 'Отрезок до последней записи слишком длинный и не приложен: записи проверяются по отдельности и по цепочке в системе учёта.',
  ];
}

export function packPage(content: PackContent, album: PackAlbum): string {
  const { account, incidents, missing, madeAt } = content;
  return `<!doctype html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'">
<title>Доказательства: ${escapeHtml(account.title)}</title>
<style>${PACK_STYLE}</style>
</head>
<body>
<h1>Расхождения карточек с эталоном</h1>
<p class="soft">Кабинет «${escapeHtml(account.title)}» (${escapeHtml(account.channel)}) · составлено ${moscowTime(madeAt)} · случаев: ${incidents.length}</p>
<h3>Список</h3>
${summary(incidents)}
${missing.length === 0 ? '' : `<p class="soft">Без записей о расхождениях: ${escapeHtml(missing.join(', '))}</p>`}
${incidents.map((incident, at) => incidentHtml(incident, at + 1, album)).join('\n')}
<footer>${proofNote(content)
    .map((line) => `<p>${escapeHtml(line)}</p>`)
    .join('')}</footer>
</body>
</html>
`;
}
