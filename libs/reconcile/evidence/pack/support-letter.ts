import type { Locale } from '../story-names.js';
import { CAUSE_NAMES, FACET_NAMES, KIND_NAMES } from '../story-names.js';
import type { PackContent, PackIncident } from './pack-content.js';
import type { PackWords } from './pack-words.js';

const MOST_LINES = 50;

/** The document that the letter sends its reader to. */
export interface NamedDocument {
  readonly file: string;
  readonly locale: Locale;
}

/** One number a line, each once: what support asks for first. */
export function skuList(incidents: readonly PackIncident[]): string {
  return `${[...new Set(incidents.map((incident) => incident.sku))].join('\n')}\n`;
}

function line(incident: PackIncident, words: PackWords): string {
  const { key, sku, partners, healedAt } = incident;
  const named = words.say('letter-card', { sku, key, facet: FACET_NAMES[incident.facet][words.locale].toLowerCase(), kind: KIND_NAMES[incident.kind][words.locale] });
  return words.say('letter-line', {
    card: partners.length === 0 ? named : words.say('letter-card-partners', { card: named, partners: partners.map((partner) => partner.sku).join(', ') }),
    noticed: words.time(incident.noticedAt),
    cause: CAUSE_NAMES[incident.cause][words.locale],
    end: healedAt === null ? words.say('letter-not-healed') : words.say('letter-healed', { time: words.time(healedAt) }),
  });
}

/** A short draft a person may change before sending it. Its language is that of whoever receives it, not of whoever made the pack. */
export function supportLetter({ account, incidents, head, madeAt }: PackContent, words: PackWords, { file, locale }: NamedDocument): string {
  const cards = new Set(incidents.map((incident) => incident.sku)).size;
  const outside = incidents.filter((incident) => incident.lastWriter.ours === false && incident.lastWriter.push !== undefined).length;
  const subject = words.say('letter-subject', { count: cards });
  const about = [
    words.say('letter-about', { account: account.title, count: cards }),
    words.say('letter-files', { document: file }),
    ...(locale === words.locale ? [] : [words.say('letter-documents-language', { language: words.say(`language.${locale}`) })]),
  ];
  return [
    outside === incidents.length ? words.say('letter-subject-outside', { subject }) : subject,
    '',
    words.say('letter-greeting'),
    '',
    about.join(words.locale === 'zh' ? '' : ' '),
    '',
    ...incidents.slice(0, MOST_LINES).map((incident) => line(incident, words)),
    ...(incidents.length > MOST_LINES ? [words.say('letter-more', { more: incidents.length - MOST_LINES, document: file })] : []),
    '',
    ...(outside > 0 ? [words.say('letter-outside', { outside, count: incidents.length }), ''] : []),
    words.say('letter-ask'),
    words.say('letter-ask-cause'),
    words.say('letter-ask-prevention'),
    words.say('letter-ask-consequences'),
    '',
    ...(head === null ? [] : [words.say('letter-chain', { seq: head.seq, hash: head.hash, time: words.time(madeAt) }), '']),
    words.say('letter-regards'),
    '',
  ].join('\n');
}
