import { BrokenContract, ChannelError, type Diagnostic, type Doc, Refused, RetryLater, readDoc, readDocOrEmpty, readId, readKey, readList, readText } from '#kernel';
import type { PushCall, PushOutcome, Run } from '#channels/contract';
import { batchOf } from './yandex-market.channel.js';
import type { EndpointName, YandexCall } from './yandex-market.client.js';
import type { Body, WriteCall } from './yandex-market.compose.js';
import { contentReceipt } from './yandex-market.confirm.js';
import { contentProblem } from './yandex-market.diagnostics.js';
import { isCommonPriceOnly } from './yandex-market.errors.js';
import type { Reading } from './yandex-market.sweep.js';
import { type SentStock, stockRequest } from './yandex-market.stock-writing.js';

/** Refusals named card by card: those that are named stand, and nothing of the request was applied. */
type Verdict =
  { readonly applied: true; readonly outcomes: ReadonlyMap<string, PushOutcome> } | { readonly applied: false; readonly named: ReadonlyMap<string, readonly Diagnostic[]> };

interface Writing {
  wrap(items: readonly unknown[]): Pick<YandexCall, 'body'>;
  read(answer: Doc): Verdict;
}

const DONE: Verdict = { applied: true, outcomes: new Map() };
const plain = (wrapper: string): Writing => ({ wrap: (items) => ({ body: { [wrapper]: items } }), read: readEnvelope });

const WRITINGS: Readonly<Record<Exclude<WriteCall, 'stocks'>, Writing>> = {
  updateOffers: { ...plain('offerMappings'), read: readResults },
  updateContent: { ...plain('offersContent'), read: readResults },
  archive: { ...plain('offerIds'), read: readNotArchived },
  unarchive: { ...plain('offerIds'), read: readNotUnarchived },
  show: plain('hiddenOffers'),
  commonPrices: plain('offers'),
  storePrices: plain('offers'),
  confirmPrices: plain('offerIds'),
  confirmStorePrices: plain('offerIds'),
};

const CONTENT: ReadonlySet<string> = new Set<WriteCall>(['updateOffers', 'updateContent']);
/** A longer body is refused as a whole. */
const MOST_BYTES = 480 * 1024;

/**
 * Sends one batch. One bad item keeps the whole request from being applied: those that the answer names are taken out and the rest
 * goes again; when it names none, it is halved until the cause stands alone. Once something was sent, trouble with the rest is
 * `unsure`, never an exception.
 */
export async function push(reading: Reading, operation: string, calls: readonly PushCall[], run: Run): Promise<readonly PushOutcome[]> {
  const outcomes = new Map<PushCall, PushOutcome>();
  const queue = requests(calls, batchOf(operation));
  let sent = false;
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    try {
      const verdict = await send(reading, next, run);
      sent = true;
      if (verdict.applied) for (const call of next) outcomes.set(call, verdict.outcomes.get(call.item.key) ?? accepted(call, reading));
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
      for (const call of next) outcomes.set(call, { kind: 'unsure', why: landed ? why : `not sent: ${why}` });
      if (landed) continue;
      for (const call of queue.flat()) outcomes.set(call, { kind: 'unsure', why: `not sent: ${why}` });
      queue.length = 0;
    }
  }
  return calls.map((call) => outcomes.get(call) ?? { kind: 'unsure', why: 'it was not sent' });
}

const bodyOf = (call: PushCall): Body => call.body as Body;

async function send(reading: Reading, calls: readonly PushCall[], run: Run): Promise<Verdict> {
  const [first] = calls;
  const name = first === undefined ? 'stocks' : bodyOf(first).call;
  const ids = await reading.offers.ids(run);
  const items = calls.map((call) => bodyOf(call).item);
  if (CONTENT.has(name)) reading.offers.noteSent(calls.map((call) => call.item.key));
  if (name === 'stocks') {
    const { endpoint, body } = stockRequest(items as readonly SentStock[], await reading.stocks.warehouses(run));
    return readEnvelope((await reading.client.call(endpoint, { ids, body, items: items.length }, run)).body);
  }
  const writing = WRITINGS[name];
  return writing.read((await reading.client.call(name satisfies EndpointName, { ids, ...writing.wrap(items), items: items.length }, run)).body);
}

/** Requests of one call each, within its limits; a card stands in a request only once. */
function requests(calls: readonly PushCall[], batch: number): PushCall[][] {
  const out: PushCall[][] = [];
  const open = new Map<string, { readonly calls: PushCall[]; readonly keys: Set<string>; bytes: number }>();
  for (const call of calls) {
    const { call: name, item } = bodyOf(call);
    const bytes = Buffer.byteLength(JSON.stringify(item)) + 1;
    let current = open.get(name);
    if (current === undefined || current.calls.length >= batch || current.keys.has(call.item.key) || current.bytes + bytes > MOST_BYTES) {
      current = { calls: [], keys: new Set(), bytes: 0 };
      open.set(name, current);
      out.push(current.calls);
    }
    current.calls.push(call);
    current.keys.add(call.item.key);
    current.bytes += bytes;
  }
  return out;
}

function accepted(call: PushCall, { client }: Reading): PushOutcome {
  const { call: name, item } = bodyOf(call);
  if (!CONTENT.has(name)) return { kind: 'accepted' };
  const pictures = readDocOrEmpty(readDocOrEmpty(item)['offer'])['pictures'] !== undefined;
  return { kind: 'accepted', receipt: contentReceipt(client.ports.clock.now(), pictures) };
}

/** Writes down what a refusal says about each card; answers what is to be sent again. */
function afterRefusal(
  named: ReadonlyMap<string, readonly Diagnostic[]>,
  all: readonly Diagnostic[],
  calls: readonly PushCall[],
  outcomes: Map<PushCall, PushOutcome>,
): PushCall[][] {
  if (named.size > 0 && calls.some((call) => named.has(call.item.key))) {
    for (const call of calls) {
      const own = named.get(call.item.key);
      if (own !== undefined) outcomes.set(call, { kind: 'refused', diagnostics: own });
    }
    const rest = calls.filter((call) => !named.has(call.item.key));
    return rest.length === 0 ? [] : [rest];
  }
  const [only] = calls;
  if (calls.length === 1 && only !== undefined) {
    const diagnostics = all.length > 0 ? all : [{ severity: 'error' as const, path: '', code: 'yandex-market.refused', params: { message: 'status ERROR without a reason' } }];
    outcomes.set(only, { kind: 'refused', diagnostics });
    return [];
  }
  const half = calls.length >> 1;
  return [calls.slice(0, half), calls.slice(half)];
}

/** The cards that the message of a refused request names, by article or by place. */
function namedIn(diagnostics: readonly Diagnostic[], calls: readonly PushCall[]): ReadonlyMap<string, readonly Diagnostic[]> {
  const named = new Map<string, readonly Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const index = diagnostic.params?.['index'];
    const key = typeof index === 'number' ? calls[index]?.item.key : diagnostic.params?.['offer'];
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
