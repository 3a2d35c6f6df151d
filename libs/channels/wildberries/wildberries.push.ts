import {
  BrokenContract,
  ChannelError,
  type Clock,
  type Diagnostic,
  type Doc,
  Refused,
  RetryLater,
  Unsupported,
  readDocOrEmpty,
  readFlag,
  readDoc,
  readId,
  readList,
  readText,
} from '#kernel';
import type { PushCall, PushOutcome, Run } from '#channels/contract';
import { batchOf } from './wildberries.channel.js';
import type { EndpointName, WildberriesAnswer, WildberriesCall, WildberriesClient } from './wildberries.client.js';
import { draftReceipt } from './wildberries.confirm.js';
import { reported } from './wildberries.diagnostics.js';
import { pushStocks } from './wildberries.push-stocks.js';

interface Writing {
  readonly endpoint: EndpointName;
  readonly batch: number;
  wrap(bodies: readonly unknown[]): WildberriesCall;
  /** One outcome for every card of the request. */
  read(answer: WildberriesAnswer, now: number): PushOutcome;
}

const WRITINGS: Readonly<Record<string, Writing>> = {
  create: { endpoint: 'upload', batch: batchOf('create'), wrap: (bodies) => ({ body: bodies }), read: readDrafting },
  card: { endpoint: 'update', batch: batchOf('card'), wrap: (bodies) => ({ body: bodies }), read: readDrafting },
  media: { endpoint: 'saveMedia', batch: 1, wrap: ([body]) => ({ body }), read: readEnvelope },
  prices: { endpoint: 'setPrices', batch: batchOf('prices'), wrap: (bodies) => ({ body: { data: bodies } }), read: readPriceTask },
  trash: { endpoint: 'trash', batch: batchOf('trash'), wrap: wrapIds, read: readEnvelope },
  recover: { endpoint: 'recover', batch: batchOf('recover'), wrap: wrapIds, read: readEnvelope },
};

/** The prices are as they should be: what was asked for is true. */
const ALREADY_SET = /already set/i;
/** Of several reasons, one is "already set": which it is, only one card alone can tell. */
const EITHER = /specified incorrectly/i;
/** Refusals that say something about the moment and nothing about the values. */
const PASSING = /vendor code is used in other cards|in progress|processing|try again later/i;

/**
 * Sends one batch. Of a refused request the cards that the answer names are taken out; when it names none, it is halved until
 * the cards that cause it stand alone. Once something was sent, trouble with the rest is `unsure`, never an exception.
 */
export async function push(client: WildberriesClient, operation: string, calls: readonly PushCall[], clock: Clock, run: Run): Promise<readonly PushOutcome[]> {
  if (operation === 'stocks') return pushStocks(client, calls, clock, run);
  const writing = WRITINGS[operation];
  if (writing === undefined) throw new Unsupported(`Wildberries has no operation "${operation}"`);
  const outcomes = new Map<PushCall, PushOutcome>();
  const queue: (readonly PushCall[])[] = [];
  for (let at = 0; at < calls.length; at += writing.batch) queue.push(calls.slice(at, at + writing.batch));

  let sent = false;
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    try {
      const answer = await client.call(writing.endpoint, writing.wrap(next.map((call) => call.body)), run);
      sent = true;
      const outcome = writing.read(answer, clock.now());
      for (const call of next) outcomes.set(call, outcome);
    } catch (error) {
      if (error instanceof Refused) {
        sent = true;
        queue.unshift(...afterRefusal(error, next, outcomes));
        continue;
      }
      const landed = (error instanceof RetryLater && error.unsure) || error instanceof BrokenContract;
      if (!landed && !sent) throw error;
      const why = error instanceof ChannelError ? error.message : 'interrupted';
      for (const call of next) outcomes.set(call, { kind: 'unsure', why });
      sent = true;
      if (landed) continue;
      for (const call of queue.flat()) outcomes.set(call, { kind: 'unsure', why: `not sent: ${why}` });
      queue.length = 0;
    }
  }
  return calls.map((call) => outcomes.get(call) ?? { kind: 'unsure', why: 'it was not sent' });
}

/** Writes down what a refusal says about each card; answers what is to be sent again. */
function afterRefusal(error: Refused, calls: readonly PushCall[], outcomes: Map<PushCall, PushOutcome>): readonly (readonly PushCall[])[] {
  const text = error.diagnostics.map((diagnostic) => String(diagnostic.params?.['message'] ?? '')).join('; ');
  if (ALREADY_SET.test(text) && (!EITHER.test(text) || calls.length === 1)) {
    const outcome: PushOutcome = EITHER.test(text) ? { kind: 'unsure', why: text } : { kind: 'accepted', answer: text };
    for (const call of calls) outcomes.set(call, outcome);
    return [];
  }
  const named = new Map<PushCall, readonly Diagnostic[]>();
  for (const call of calls) {
    const own = error.diagnostics.filter((diagnostic) => diagnostic.params?.['card'] === call.item.key);
    if (own.length > 0) named.set(call, own);
  }
  if (named.size > 0) {
    for (const [call, own] of named) outcomes.set(call, refusal(own));
    const rest = calls.filter((call) => !named.has(call));
    return rest.length === 0 ? [] : [rest];
  }
  const [only] = calls;
  if (calls.length === 1 && only !== undefined) {
    outcomes.set(only, refusal(error.diagnostics));
    return [];
  }
  const half = calls.length >> 1;
  return [calls.slice(0, half), calls.slice(half)];
}

function refusal(diagnostics: readonly Diagnostic[]): PushOutcome {
  const texts = diagnostics.map((diagnostic) => String(diagnostic.params?.['message'] ?? ''));
  if (texts.some((text) => PASSING.test(text))) return { kind: 'unsure', why: texts.join('; ') };
  return { kind: 'refused', diagnostics: diagnostics.map((diagnostic, at) => ({ ...diagnostic, path: reported(texts[at] ?? '').path })) };
}

function wrapIds(bodies: readonly unknown[]): WildberriesCall {
  return { body: { nmIDs: bodies.map((body) => readDoc(body, 'nmIDs')['nmID']) } };
}

/** Taken, and perhaps refused later: the answer names no task, so the list of failed drafts is looked through from this time on. */
function readDrafting(answer: WildberriesAnswer, now: number): PushOutcome {
  const outcome = readEnvelope(answer);
  return outcome.kind === 'accepted' ? { ...outcome, receipt: draftReceipt(now) } : outcome;
}

function readEnvelope(answer: WildberriesAnswer): PushOutcome {
  const body = envelope(answer);
  if (!readFlag(body['error'])) return { kind: 'accepted', answer: body };
  return { kind: 'refused', diagnostics: [reported(wordsOf(body))], answer: body };
}

function readPriceTask(answer: WildberriesAnswer): PushOutcome {
  const body = envelope(answer);
  const receipt = readId(readDocOrEmpty(body['data'])['id'], 'upload task.id');
  if (receipt === '') throw new BrokenContract('upload task.id: expected an id', body);
  return { kind: 'accepted', receipt, answer: body };
}

function envelope(answer: WildberriesAnswer): Doc {
  return readDoc(answer.body, 'answer');
}

function wordsOf(body: Doc): string {
  const more = body['additionalErrors'];
  const details =
    typeof more === 'string'
      ? more
      : Object.values(readDocOrEmpty(more))
          .flatMap((value) => (Array.isArray(value) ? readList(value, 'additionalErrors') : [value]))
          .map(readText)
          .join('; ');
  return [readText(body['errorText']), details].filter((text) => text !== '').join(': ');
}
