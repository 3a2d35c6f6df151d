import { CAUSE_NAMES, FACET_NAMES, KIND_NAMES } from '../story-names.js';
import { moscowTime } from './moscow-time.js';
import type { PackContent, PackIncident } from './pack-content.js';

/** One number a line, each once: what support asks for first. */
export function skuList(incidents: readonly PackIncident[]): string {
  return `${[...new Set(incidents.map((incident) => incident.sku))].join('\n')}\n`;
}

function plural(count: number, one: string, few: string, many: string): string {
  const [tens, ones] = [count % 100, count % 10];
  if (tens >= 11 && tens <= 14) return many;
  return ones === 1 ? one : ones >= 2 && ones <= 4 ? few : many;
}

function line(incident: PackIncident): string {
  const partners = incident.partners.length === 0 ? '' : `, показано содержимое артикула ${incident.partners.map((partner) => partner.sku).join(', ')}`;
  const end = incident.healedAt === null ? 'пока не исправлено' : `снова верно с ${moscowTime(incident.healedAt)}`;
  return `- SKU ${incident.sku} (артикул ${incident.key}): ${FACET_NAMES[incident.facet].ru.toLowerCase()} — ${KIND_NAMES[incident.kind].ru}${partners}; замечено ${moscowTime(incident.noticedAt)}; ${CAUSE_NAMES[incident.cause].ru}; ${end}.`;
}

/** A short draft a person may change before sending it. */
export function supportLetter({ account, incidents, head, madeAt }: PackContent): string {
  const cards = new Set(incidents.map((incident) => incident.sku)).size;
  const outside = incidents.filter((incident) => incident.lastWriter.ours === false && incident.lastWriter.push !== undefined).length;
  return [
    `Тема: расхождения в ${cards} ${plural(cards, 'карточке', 'карточках', 'карточках')} товаров${outside === incidents.length ? ', изменено не нами' : ''}`,
    '',
    'Здравствуйте!',
    '',
    `В кабинете «${account.title}» обнаружены расхождения в ${cards} ${plural(cards, 'карточке', 'карточках', 'карточках')} товаров. Список SKU — в файле skus.txt, сравнение «как должно быть / что было показано» с фотографиями — в evidence.pdf.`,
    '',
    ...incidents.slice(0, 50).map(line),
    ...(incidents.length > 50 ? [`…и ещё ${incidents.length - 50}, см. evidence.pdf.`] : []),
    '',
    ...(outside > 0
      ? [
          `По ${outside} из ${incidents.length} ${plural(incidents.length, 'случая', 'случаев', 'случаев')} наше значение было записано и подтверждено чтением карточки, после этого мы ничего не отправляли, а значение изменилось. Номера наших задач, запросы и ответы приложены.`,
          '',
        ]
      : []),
    'Просим сообщить:',
    '1. Что и когда изменило эти карточки (журнал изменений по каждому SKU).',
    '2. Что будет сделано, чтобы это не повторялось.',
    '3. Как будут сняты последствия: жалобы, возвраты и снижение позиций за это время.',
    '',
    ...(head === null ? [] : [`Записи защищены цепочкой хешей; последняя запись ${head.seq}, ${head.hash}. Пакет составлен ${moscowTime(madeAt)}.`, '']),
    'С уважением,',
    '',
  ].join('\n');
}
