import { CAUSE_NAMES, FACET_NAMES, KIND_NAMES } from '../story-names.js';
import type { PackContent, PackIncident } from './pack-content.js';
import type { PackWords } from './pack-words.js';

/** What the page and the document both say of a pack and its incidents. */

export function incidentTitle(incident: PackIncident, number: number, words: PackWords): string {
  const facet = FACET_NAMES[incident.facet][words.locale];
  return words.say('incident-title', { number, name: incident.part === '' ? facet : `${facet} (${incident.part})`, title: incident.title ?? incident.key });
}

export function incidentKind(incident: PackIncident, words: PackWords): string {
  return words.say('named', { name: FACET_NAMES[incident.facet][words.locale], what: KIND_NAMES[incident.kind][words.locale] });
}

export function incidentLine(incident: PackIncident, words: PackWords): string {
  return words.say('incident-line', { key: incident.key, sku: incident.sku, time: words.time(incident.noticedAt) });
}

export function incidentTags(incident: PackIncident, words: PackWords): readonly { readonly text: string; readonly tone: '' | 'bad' | 'good' }[] {
  return [
    { text: KIND_NAMES[incident.kind][words.locale], tone: 'bad' },
    { text: CAUSE_NAMES[incident.cause][words.locale], tone: '' },
    ...(incident.partners.length === 0 ? [] : [{ text: words.say('shown-content', { skus: incident.partners.map((partner) => partner.sku).join(', ') }), tone: 'bad' as const }]),
    incident.healedAt === null ? { text: words.say('not-healed'), tone: 'bad' } : { text: words.say('healed-at', { time: words.time(incident.healedAt) }), tone: 'good' },
  ];
}

export function accountLine({ account, incidents, madeAt }: PackContent, words: PackWords): string {
  return words.say('account-line', { account: account.title, channel: account.channel, time: words.time(madeAt), cases: incidents.length });
}

/** How the pack can be checked by anybody, in words. */
export function proofNote({ head, connected }: PackContent, words: PackWords): readonly string[] {
  return [
    words.say('proof-hashes'),
    ...(head === null ? [] : [words.say('proof-head', { seq: head.seq, hash: head.hash })]),
    words.say(connected ? 'proof-connected' : 'proof-loose'),
    words.say('time-note'),
  ];
}
