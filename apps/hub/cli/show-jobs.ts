import { listAt, member, numberAt, textAt } from './json-reading.js';
import type { Show } from './show.js';
import { issueLine, showChanges } from './show-products.js';
import { fieldWords, word } from './words.js';

export const showJob: Show = (job, say) => {
  const share = member(job, 'share');
  const counts = Object.entries(Object(member(job, 'counts')) as Record<string, unknown>).flatMap(([name, n]) => (n === 0 ? [] : [`${word(say, 'count', name)} ${String(n)}`]));
  const failure = textAt(job, 'failure');
  return say('job.line', {
    id: textAt(job, 'id'),
    kind: word(say, 'jobKind', textAt(job, 'kind')),
    state: word(say, 'jobState', textAt(job, 'state')),
    share: typeof share === 'number' && share < 1 ? `, ${Math.floor(share * 100)} %` : '',
    counts: `${counts.length === 0 ? '' : `; ${counts.join(', ')}`}${failure === '' ? '' : `; ${failure}`}`,
  });
};

export const showJobs: Show = (page, say) => {
  const items = listAt(page, 'items');
  return items.length === 0 ? say('job.none') : items.map((job) => showJob(job, say)).join('\n');
};

/** Products that an edit left as they were, and why. */
export const showRefusals: Show = (answer, say) => {
  const items = listAt(answer, 'items');
  if (items.length === 0) return say('bulk.none-refused');
  return items.flatMap((one) => listAt(one, 'issues').map((issue) => issueLine(textAt(one, 'sku'), issue, say))).join('\n');
};

/** What would be refused, by reason, most products first. */
export const showReasons: Show = (answer, say) =>
  listAt(answer, 'reasons')
    .map((one) =>
      say('bulk.reason', {
        products: numberAt(one, 'products'),
        field: fieldWords(say, textAt(one, 'field')),
        reason: textAt(one, 'reason'),
        remedy: textAt(one, 'remedy'),
        skus: listAt(one, 'skus').join(', '),
      }),
    )
    .join('\n');

export const showBulkPreview: Show = (answer, say) => {
  const figures = Object.fromEntries(['count', 'tried', 'changed', 'unchanged', 'refused'].map((name) => [name, numberAt(answer, name)]));
  const reach = listAt(answer, 'blast_radius').map((one) =>
    say('bulk.reach', {
      title: textAt(one, 'title'),
      listings: numberAt(one, 'listings'),
      facets: listAt(one, 'facets')
        .map((facet) => word(say, 'facet', String(facet)))
        .join(', '),
    }),
  );
  const refused = listAt(answer, 'reasons').length === 0 ? [] : [say('bulk.refused'), showReasons(answer, say)];
  const sample = listAt(answer, 'sample').map((one) => `${textAt(one, 'sku')}\n${showChanges(one, say)}`);
  return [say('bulk.preview', figures), ...refused, ...reach, ...sample, say('bulk.how')].join('\n');
};
