import type { Say } from './cli-texts.js';
import { listAt, member, numberAt, textAt } from './json-reading.js';
import { moment, short, table } from './lines.js';
import { fieldWords, word } from './words.js';

const STATES = ['in_sync', 'pending', 'drifted', 'failing', 'held', 'ignored', 'unknown'] as const;

/** Turns an answer of the hub into text for a person. */
export type Show = (answer: unknown, say: Say) => string;

export const showStatus: Show = (status, say) => {
  const lines = listAt(status, 'accounts').map((account) => {
    const counts = STATES.filter((state) => numberAt(account, state) > 0).map((state) => `${say(`state.${state}`)} ${numberAt(account, state)}`);
    const ages = Object.entries(Object(member(account, 'sweep_age_seconds')) as Record<string, unknown>).map(([facet, seconds]) =>
      typeof seconds === 'number' ? say('status.age', { facet: word(say, 'facet', facet), seconds }) : `${word(say, 'facet', facet)} —`,
    );
    const reason = textAt(account, 'state_reason');
    const state =
      textAt(account, 'state') === 'active' ? '' : ` [${word(say, 'accountState', textAt(account, 'state'))}${reason === '' ? '' : `: ${short(word(say, 'reason', reason))}`}]`;
    return [
      say('status.account', {
        id: textAt(account, 'id'),
        title: short(textAt(account, 'title'), 60),
        state,
        listings: numberAt(account, 'listings'),
        counts: counts.length === 0 ? '' : ` — ${counts.join(', ')}`,
      }),
      say('status.read', { ages: ages.join(', ') }),
    ].join('\n');
  });
  const demo = member(status, 'demo');
  if (textAt(demo, 'state') === 'generating') lines.push(say('status.demo', { made: numberAt(demo, 'made'), of: numberAt(demo, 'of') }));
  return lines.length === 0 ? say('status.none') : lines.join('\n');
};

export const showDrifts: Show = (page, say) => {
  const items = listAt(page, 'items');
  if (items.length === 0) return say('drift.none');
  return table([
    ['id', 'sku', 'facet', 'kind', 'cause', 'state', 'noticed'].map((column) => say(`drift.${column}`)),
    ...items.map((drift) => [
      textAt(drift, 'id'),
      short(textAt(drift, 'sku') || textAt(drift, 'key'), 30),
      word(say, 'facet', textAt(drift, 'facet')),
      word(say, 'kind', textAt(drift, 'kind')),
      word(say, 'cause', textAt(drift, 'cause')),
      `${word(say, 'driftState', textAt(drift, 'state'))}${textAt(drift, 'reason') === '' ? '' : ` (${short(word(say, 'reason', textAt(drift, 'reason')), 80)})`}`,
      moment(textAt(drift, 'noticed_at')),
    ]),
  ]);
};

/** Only facets that differ. */
export function differing(answer: unknown): readonly unknown[] {
  return listAt(answer, 'listings').flatMap((listing) => listAt(listing, 'diff').filter((facet) => listAt(facet, 'changes').length > 0));
}

export const showDiff: Show = (answer, say) =>
  listAt(answer, 'listings')
    .map((listing) => {
      const facets = listAt(listing, 'diff').filter((facet) => listAt(facet, 'changes').length > 0);
      const lines = facets.flatMap((facet) =>
        listAt(facet, 'changes').map(
          (change) =>
            `  ${fieldWords(say, textAt(change, 'path'))}\n    ${say('diff.expected')} ${short(member(change, 'expected'), 160)}\n    ${say('diff.live')} ${short(member(change, 'live'), 160)}`,
        ),
      );
      const head = say('diff.card', { account: textAt(listing, 'account_id'), key: short(textAt(listing, 'key')), state: word(say, 'state', textAt(listing, 'state')) });
      return [head, ...(lines.length === 0 ? [`  ${say('diff.none')}`] : lines)].join('\n');
    })
    .join('\n');

export const showStory: Show = (answer, say) =>
  listAt(answer, 'stories')
    .map((story) => {
      const lines = listAt(story, 'lines').map(
        (line) => `  ${moment(textAt(line, 'at'))}  ${word(say, 'facet', textAt(line, 'facet')).padEnd(16)}  ${short(textAt(line, 'shown'), 300)}`,
      );
      const writers = listAt(story, 'lastWriters').map((writer) => `  ${word(say, 'facet', textAt(writer, 'facet'))}: ${short(textAt(writer, 'shown'), 300)}`);
      const head = say('story.card', { key: short(textAt(story, 'key')), account: textAt(story, 'accountId'), state: word(say, 'state', textAt(story, 'state')) });
      return [head, ...lines, ...(writers.length === 0 ? [] : [say('story.writers'), ...writers])].join('\n');
    })
    .join('\n\n');

/** Chains and packs, each with what is wrong with it; the words for technicians stand in the JSON. */
export const showVerify: Show = (answer, say) =>
  [
    ...listAt(answer, 'packs').map((pack) => say('verify.pack', { file: textAt(pack, 'file'), count: numberAt(pack, 'links'), verdict: verdictOf(pack, say) })),
    ...listAt(answer, 'accounts').map((account) =>
      say('verify.account', {
        account: textAt(account, 'account'),
        title: short(textAt(account, 'title'), 60),
        count: numberAt(account, 'count'),
        verdict: [verdictOf(account, say), ...(numberAt(account, 'count') > 0 && listAt(account, 'compared').length === 0 ? [say('verify.no-head')] : [])].join('; '),
      }),
    ),
    ...(member(answer, 'hub') === false ? [say('verify.no-hub')] : []),
  ].join('\n');

function verdictOf(checked: unknown, say: Say): string {
  const problem = member(checked, 'problem');
  if (problem === undefined) return say('verify.whole');
  const seq = textAt(problem, 'seq');
  return say(seq === '' ? 'verify.broken-pack' : 'verify.broken', { seq, fault: word(say, 'chainFault', textAt(problem, 'kind')) });
}
