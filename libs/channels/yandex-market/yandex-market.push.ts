import { BrokenContract, ChannelError, type Diagnostic, type Doc, Refused, RetryLater, Throttled, readDoc, readDocOrEmpty, readId, readKey, readList, readText } from '#kernel';
import type { PushCall, PushOutcome, Run } from '#channels/contract';
import type { EndpointName, YandexCall } from './yandex-market.client.js';
import type { Body, WriteCall } from './yandex-market.compose.js';
import { contentReceipt } from './yandex-market.confirm.js';
import { contentProblem } from './yandex-market.diagnostics.js';
import { isCommonPriceOnly } from './yandex-market.errors.js';
import { leaveOut } from './yandex-market.leave-out.js';
import type { Reading } from './yandex-market.sweep.js';
import { type SentStock, stockRequest } from './yandex-market.stock-writing.js';

/** Refusals named card by card: those that are named stand, and nothing of the request was applied. */
type Verdict =
  { readonly applied: true; readonly outcomes: ReadonlyMap<string, PushOutcome> } | { readonly applied: false; readonly named: ReadonlyMap<string, readonly Diagnostic[]> };

interface Writing {
  /** Items that one request may hold. */
  readonly most: number;
  wrap(items: readonly unknown[]): Pick<YandexCall, 'body'>;
  read(answer: Doc): Verdict;
}

const DONE: Verdict = { applied: true, outcomes: new Map() };
const plain = (wrapper: string, most: number): Writing => ({ most, wrap: (items) => ({ body: { [wrapper]: items } }), read: readEnvelope });

const WRITINGS: Readonly<Record<Exclude<WriteCall, 'stocks'>, Writing>> = {
  // 500 are taken, 100 are announced to become the most.
  updateOffers: { ...plain('offerMappings', 100), read: readResults },
  archive: { ...plain('offerIds', 200), read: readNotArchived },
  unarchive: { ...plain('offerIds', 200), read: readNotUnarchived },
  show: plain('hiddenOffers', 500),
  commonPrices: plain('offers', 500),
  storePrices: plain('offers', 2000),
  confirmPrices: plain('offerIds', 200),
  confirmStorePrices: plain('offerIds', 200),
};
const MOST_STOCKS = 2000;

const CONTENT: WriteCall = 'updateOffers';
const RETRY_MS = 30_000;
/** A longer body is refused as a whole. */
const MOST_BYTES = 480 * 1024;

/** One call with what of it goes now, and what was left out because Market will not have it. */
interface Sending {
  readonly call: PushCall;
  readonly body: Body;
  readonly refusals: readonly Diagnostic[];
}

/**
 * Sends one batch. One bad item keeps the whole request from being applied: of those that the answer names the values it complains
 * about are left out, and the rest goes again; when it names none, it is halved until the cause stands alone. Once something was sent,
 * trouble with the rest is `unsure` or `not-sent`, never an exception.
 */
export async function push(reading: Reading, calls: readonly PushCall[], run: Run): Promise<readonly PushOutcome[]> {
  const outcomes = new Map<PushCall, PushOutcome>();
  const queue = requests(calls);
  let sent = false;
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    try {
      const verdict = await send(reading, next, run);
      sent = true;
      if (verdict.applied) for (const one of next) outcomes.set(one.call, verdict.outcomes.get(one.call.item.key) ?? accepted(one, reading));
      else queue.unshift(...afterRefusal(verdict.named, [], next, outcomes));
    } catch (error) {
      if (error instanceof Refused) {
        sent = true;
        queue.unshift(...afterRefusal(namedIn(error.diagnostics, next), error.diagnostics, next, outcomes));
        continue;
      }
      if (isCommonPriceOnly(error)) reading.cabinet.forget();
      const landed = (error instanceof RetryLater && error.unsure) || error instanceof BrokenContract;
      if (!landed && !sent) throw error;
      sent = true;
      const why = error instanceof ChannelError ? error.message : 'interrupted';
      for (const { call } of next) outcomes.set(call, landed ? { kind: 'unsure', why } : notSent(error, why, reading));
      if (landed) continue;
      for (const { call } of queue.flat()) outcomes.set(call, notSent(error, why, reading));
      queue.length = 0;
    }
  }
  return calls.map((call) => outcomes.get(call) ?? { kind: 'unsure', why: 'it was not sent' });
}

/** A request that was turned away before it did anything waits for its turn; anything else that kept it from being sent has to be looked at. */
function notSent(error: unknown, why: string, { client }: Reading): PushOutcome {
  if (error instanceof Throttled) return { kind: 'not-sent', why: 'throttled', until: error.until };
  if (error instanceof RetryLater) return { kind: 'not-sent', why: 'channel-unavailable', until: client.ports.clock.now() + (error.afterMs ?? RETRY_MS) };
  return { kind: 'unsure', why: `not sent: ${why}` };
}

async function send(reading: Reading, sendings: readonly Sending[], run: Run): Promise<Verdict> {
  const name = sendings[0]?.body.call ?? 'stocks';
  const ids = await reading.offers.ids(run);
  const items = sendings.map(({ body }) => body.item);
  if (name === CONTENT) reading.offers.noteSent(sendings.map(({ call }) => call.item.key));
  if (name === 'stocks') {
    const { endpoint, body } = stockRequest(items as readonly SentStock[], await reading.stocks.warehouses(run));
    return readEnvelope((await reading.client.call(endpoint, { ids, body, items: items.length }, run)).body);
  }
  const writing = WRITINGS[name];
  return writing.read((await reading.client.call(name satisfies EndpointName, { ids, ...writing.wrap(items), items: items.length }, run)).body);
}

/** Requests of one call each, within its limits; a card stands in a request only once. */
function requests(calls: readonly PushCall[]): Sending[][] {
  const out: Sending[][] = [];
  const open = new Map<string, { readonly sendings: Sending[]; readonly keys: Set<string>; bytes: number }>();
  for (const call of calls) {
    const body = call.body as Body;
    const { call: name, item } = body;
    const bytes = Buffer.byteLength(JSON.stringify(item)) + 1;
    const most = name === 'stocks' ? MOST_STOCKS : WRITINGS[name].most;
    let current = open.get(name);
    if (current === undefined || current.sendings.length >= most || current.keys.has(call.item.key) || current.bytes + bytes > MOST_BYTES) {
      current = { sendings: [], keys: new Set(), bytes: 0 };
      open.set(name, current);
      out.push(current.sendings);
    }
    current.sendings.push({ call, body, refusals: [] });
    current.keys.add(call.item.key);
    current.bytes += bytes;
  }
  return out;
}

function accepted({ body, refusals }: Sending, { client }: Reading): PushOutcome {
  if (body.call !== CONTENT) return { kind: 'accepted' };
  const pictures = readDocOrEmpty(readDocOrEmpty(body.item)['offer'])['pictures'] !== undefined;
  return { kind: 'accepted', receipt: contentReceipt(client.ports.clock.now(), pictures), ...(refusals.length === 0 ? {} : { refusals }) };
}

/** Writes down what a refusal says about each card; answers what is to be sent again. */
function afterRefusal(
  named: ReadonlyMap<string, readonly Diagnostic[]>,
  all: readonly Diagnostic[],
  sendings: readonly Sending[],
  outcomes: Map<PushCall, PushOutcome>,
): Sending[][] {
  if (sendings.some(({ call }) => named.has(call.item.key))) {
    const again = sendings.flatMap((one) => {
      const own = named.get(one.call.item.key);
      return own === undefined ? one : withoutRefused(one, own, outcomes);
    });
    return again.length === 0 ? [] : [again];
  }
  const [only] = sendings;
  if (sendings.length === 1 && only !== undefined) {
    const said = all.length > 0 ? all : [{ severity: 'error' as const, path: '', code: 'yandex-market.refused', params: { message: 'status ERROR without a reason' } }];
    return withoutRefused(only, said, outcomes).map((one) => [one]);
  }
  const half = sendings.length >> 1;
  return [sendings.slice(0, half), sendings.slice(half)];
}

/** What of a refused call may go all the same; a call of which nothing may is refused. */
function withoutRefused({ call, body, refusals }: Sending, said: readonly Diagnostic[], outcomes: Map<PushCall, PushOutcome>): readonly Sending[] {
  const diagnostics = [...refusals, ...said];
  const less = leaveOut(call.item, body, said);
  if (less !== undefined) return [{ call, body: less, refusals: diagnostics }];
  outcomes.set(call, { kind: 'refused', diagnostics });
  return [];
}

/** The cards that the message of a refused request names, by article or by place. */
function namedIn(diagnostics: readonly Diagnostic[], sendings: readonly Sending[]): ReadonlyMap<string, readonly Diagnostic[]> {
  const named = new Map<string, readonly Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const index = diagnostic.params?.['index'];
    const key = typeof index === 'number' ? sendings[index]?.call.item.key : diagnostic.params?.['offer'];
    if (typeof key === 'string') named.set(key, [...(named.get(key) ?? []), diagnostic]);
  }
  return named;
}

/** 200 says that the request was understood; `status` whether it was applied. */
function readEnvelope(answer: Doc): Verdict {
  const status = readText(answer['status']);
  if (status === 'OK') return DONE;
  if (status === 'ERROR') return { applied: false, named: new Map() };
  throw new BrokenContract('answer.status: expected OK or ERROR', answer);
}

/** Of a request with one error nothing was applied; warnings alone change nothing. */
function readResults(answer: Doc): Verdict {
  const results = readList(answer['results'], 'results').map((value) => readDoc(value, 'results'));
  const verdict = readEnvelope(answer);
  if (!verdict.applied) {
    const named = results.map((row) => [readKey(row['offerId'], 'results.offerId'), problemsOf(row, 'errors')] as const).filter(([, problems]) => problems.length > 0);
    return { applied: false, named: new Map(named) };
  }
  return DONE;
}

function problemsOf(row: Doc, list: 'errors'): readonly Diagnostic[] {
  return readList(row[list], `results.${list}`).map((value) => {
    const problem = readDoc(value, `results.${list}`);
    return contentProblem(readText(problem['type']), readId(problem['parameterId'], 'results.parameterId'), readText(problem['message']));
  });
}

/** Goods that lie in a warehouse of Market's cannot be archived. */
function readNotArchived(answer: Doc): Verdict {
  const rows = readList(readDocOrEmpty(answer['result'])['notArchivedOffers'], 'notArchivedOffers').map((value) => readDoc(value, 'notArchivedOffers'));
  const outcomes = rows.map((row): readonly [string, PushOutcome] => {
    const reason = readText(row['error']);
    const diagnostics: readonly Diagnostic[] = [{ severity: 'error', path: 'presence', code: 'yandex-market.not-archived', params: { reason } }];
    return [
      readKey(row['offerId'], 'notArchivedOffers.offerId'),
      reason === 'OFFER_HAS_STOCKS' ? { kind: 'refused', diagnostics } : { kind: 'unsure', why: `not archived: ${reason}` },
    ];
  });
  return withOutcomes(answer, outcomes);
}

function readNotUnarchived(answer: Doc): Verdict {
  const keys = readList(readDocOrEmpty(answer['result'])['notUnarchivedOfferIds'], 'notUnarchivedOfferIds').map(readText);
  return withOutcomes(
    answer,
    keys.map((key) => [key, { kind: 'unsure', why: 'not taken out of the archive, without a reason' }]),
  );
}

function withOutcomes(answer: Doc, outcomes: readonly (readonly [string, PushOutcome])[]): Verdict {
  const verdict = readEnvelope(answer);
  return verdict.applied ? { applied: true, outcomes: new Map(outcomes) } : verdict;
}
