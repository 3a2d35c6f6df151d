import type { Facet, LocalText } from '#channels/contract';
import type { Diagnostic } from '#kernel';
import type { EvidenceBodies, PushIntended, RecordedEvidence, RevisionOrigin } from './evidence-entry.js';
import { HOLD_NAMES } from './hold-names.js';
import { importFileOf } from './last-writer.js';
import { CAUSE_NAMES, FACET_NAMES, KIND_NAMES, type Locale } from './story-names.js';
import { fillText, STORY_TEXTS, type StoryText } from './story-texts.js';

/** One line of a card's story. `at` is the account's clock, ISO. With `seq` and `hash` it can be found in the chain; without, it comes from a list of the hub. */
export interface StoryLine {
  readonly at: string;
  readonly seq?: string;
  readonly hash?: string;
  readonly kind: string;
  readonly facet?: Facet;
  readonly part?: string;
  readonly driftId?: string;
  readonly intentId?: string;
  readonly by?: RevisionOrigin;
  readonly text: StoryText;
}

/** Parameters whose value is a key of a closed list and is shown by its name. */
const NAMED: Readonly<Record<string, Readonly<Record<string, LocalText>>>> = { driftKind: KIND_NAMES, cause: CAUSE_NAMES, facets: FACET_NAMES, hold: HOLD_NAMES };

export function storyText({ key, params }: StoryText, locale: Locale): string {
  const shown = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, name in NAMED ? named(name, String(value), locale) : value]));
  return fillText(STORY_TEXTS[key], shown, locale);
}

/** One code, or several joined by commas. */
function named(list: string, codes: string, locale: Locale): string {
  return codes
    .split(',')
    .map((code) => NAMED[list]?.[code]?.[locale] ?? code)
    .join(', ');
}

function reasons(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map((one) => `${one.path}: ${one.params?.['message'] ?? one.code}`).join('; ') || '—';
}

function intentText({ facets, revision }: PushIntended): StoryText {
  const sent = { facets: facets.join(',') };
  if (revision === undefined) return { key: 'push.intent', params: sent };
  const by = { ...sent, revision: revision.revision, author: revision.author };
  const file = importFileOf(revision);
  return file === undefined ? { key: 'push.intent.revision', params: by } : { key: 'push.intent.file', params: { ...by, file } };
}

function policyText({ what, to, author }: EvidenceBodies['policy.changed'], facet: Facet | undefined): StoryText {
  const params = { author, facets: facet ?? '' };
  if (to === 'approved' || to === 'retried') return { key: `policy.${to}`, params };
  if (what === 'frozen-until') return { key: to === null ? 'policy.thawed' : 'policy.frozen', params: { author } };
  if (what === 'ignore-rule') return { key: typeof to === 'object' && to !== null && 'cards' in to ? 'policy.ignore-rule' : 'policy.ignore-rule.ended', params };
  return { key: 'policy.changed', params: { author, what } };
}

const minuteOf = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`;

function textOf(entry: RecordedEvidence): StoryText {
  if (entry.body === undefined) return { key: 'pruned', params: { kind: entry.kind } };
  switch (entry.kind) {
    case 'drift.noticed': {
      const { driftKind, cause, partners } = entry.body;
      if (partners.length === 0) return { key: 'drift.noticed', params: { driftKind, cause } };
      return { key: 'drift.noticed.partner', params: { driftKind, cause, partners: partners.map((partner) => partner.sku).join(', ') } };
    }
    case 'drift.again':
      return { key: entry.kind, params: { repeats: entry.body.repeats + 1 } };
    case 'drift.healed':
      return { key: entry.kind, params: {} };
    case 'drift.held':
      return { key: entry.kind, params: { hold: entry.body.reason } };
    case 'drift.ignored':
      return { key: entry.kind, params: { author: entry.body.author, reason: entry.body.reason } };
    case 'push.intent':
      return intentText(entry.body);
    case 'push.answer':
      return { key: `push.answer.${entry.body.outcome}`, params: { receipt: entry.body.receipt ?? '—', why: entry.body.why ?? '—' } };
    case 'push.confirmed':
    case 'push.verified':
      return { key: entry.kind, params: {} };
    case 'push.refused':
      return { key: entry.kind, params: { reasons: reasons(entry.body.diagnostics) } };
    case 'push.unknown':
      return { key: entry.kind, params: { why: entry.body.why } };
    case 'push.readback':
      return { key: `push.readback.${entry.body.found}`, params: {} };
    case 'floor.intent':
      return entry.body.ends === null ? { key: 'floor.intent.gone', params: {} } : { key: entry.kind, params: { ends: minuteOf(entry.body.ends) } };
    case 'floor.renewed':
      return { key: entry.kind, params: { until: minuteOf(entry.body.until) } };
    case 'policy.changed':
      return policyText(entry.body, entry.facet);
    case 'account.changed':
      return { key: entry.kind, params: { author: entry.body.author, what: entry.body.what } };
    case 'card.matched':
    case 'card.unmatched':
      return { key: entry.kind, params: { key: entry.body.key, sku: entry.body.sku, author: entry.body.author } };
    case 'brake.pulled':
      return { key: entry.kind, params: { count: entry.body.count, of: entry.body.of } };
    case 'case.opened':
      return { key: entry.kind, params: { caseId: entry.body.caseId, hold: entry.body.code } };
    case 'case.closed':
      return entry.body.reason === undefined
        ? { key: 'case.closed.approved', params: { author: entry.body.author, caseId: entry.body.caseId } }
        : { key: entry.kind, params: { author: entry.body.author, caseId: entry.body.caseId, reason: entry.body.reason } };
    case 'restore.done':
      return { key: entry.kind, params: { author: entry.body.author, from: entry.body.from } };
    case 'head.accepted':
      return { key: entry.kind, params: { author: entry.body.author, lost: entry.body.lostSeq, reason: entry.body.reason } };
    case 'evidence.pruned':
      return { key: entry.kind, params: { bodies: entry.body.bodies } };
  }
}

export function storyLine(entry: RecordedEvidence): StoryLine {
  const { body } = entry;
  const part = body !== undefined && 'part' in body && body.part !== '' ? body.part : undefined;
  const by = body !== undefined && 'revision' in body ? body.revision : undefined;
  return {
    at: new Date(entry.at).toISOString(),
    seq: entry.seq,
    hash: entry.hash,
    kind: entry.kind,
    facet: entry.facet,
    part,
    driftId: entry.driftId,
    intentId: entry.intentId,
    by,
    text: textOf(entry),
  };
}
