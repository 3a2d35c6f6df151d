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
import { draftReceipt, sizeReceipt } from './wildberries.confirm.js';
import { reported } from './wildberries.diagnostics.js';
import { mergeCalls, type Unit } from './wildberries.merged-calls.js';
import { creationOf } from './wildberries.new-sizes.js';
import { priceUnits } from './wildberries.price-units.js';
import { pushStocks } from './wildberries.push-stocks.js';
import { Underway } from './wildberries.underway.js';

interface Writing {
  readonly endpoint: EndpointName;
  readonly batch: number;
  wrap(bodies: readonly unknown[]): WildberriesCall;
  /** One outcome for every call of the request. */
  read(answer: WildberriesAnswer, now: number): PushOutcome;
}

const WRITINGS: Readonly<Record<string, Writing>> = {
  create: { endpoint: 'upload', batch: batchOf('create'), wrap: (bodies) => ({ body: bodies }), read: readDrafting },
  card: { endpoint: 'update', batch: batchOf('card'), wrap: (bodies) => ({ body: bodies }), read: readDrafting },
  media: { endpoint: 'saveMedia', batch: 1, wrap: ([body]) => ({ body }), read: readEnvelope },
  prices: { endpoint: 'setPrices', batch: batchOf('prices'), wrap: (bodies) => ({ body: { data: bodies } }), read: readPriceTask },
  sizePrices: { endpoint: 'setSizePrices', batch: batchOf('prices'), wrap: (bodies) => ({ body: { data: bodies } }), read: readPriceTask },
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
 * Sends one batch: what several sizes of one card want goes once. Of a refused request the cards that the answer names are taken out;
 * when it names none, it is halved until the cards that cause it stand alone. Once something was sent, trouble with the rest is
 * `unsure`, never an exception.
 */
export async function push(
  client: WildberriesClient,
  operation: string,
  calls: readonly PushCall[],
  clock: Clock,
  run: Run,
  underway = new Underway(clock),
): Promise<readonly PushOutcome[]> {
  if (operation === 'stocks') return pushStocks(client, calls, clock, run);
  const sending = new Sending(client, clock, run);
  if (operation === 'create') {
    const creation = await creationOf(client, underway, calls, clock, run);
    for (const [call, outcome] of creation.outcomes) sending.outcomes.set(call, outcome);
    await sending.send('create', creation.cards);
    for (const { article, calls: sizes } of creation.cards) if (sizes.some((call) => sending.mayHaveLanded(call))) underway.note(article);
    await sending.send('card', creation.growing);
  } else if (operation === 'prices') {
    const { cards, discounts, sizes, refused } = priceUnits(calls);
    sending.refuse(refused);
    await sending.send('prices', cards);
    await sending.send('prices', discounts);
    await sending.send(
      'sizePrices',
      sizes.filter(({ calls: own }) => own.every((call) => sending.outcomes.get(call)?.kind === 'accepted')),
    );
    sending.nameSizes(sizes);
  } else {
    const { units, refused } = mergeCalls(operation, calls);
    sending.refuse(refused);
    await sending.send(operation, units);
  }
  return calls.map((call) => sending.outcomes.get(call) ?? { kind: 'unsure', why: 'it was not sent' });
}

/** The requests of one push. */
class Sending {
  readonly outcomes = new Map<PushCall, PushOutcome>();
  private sent = false;
  private stopped: string | undefined;

  constructor(
    private readonly client: WildberriesClient,
    private readonly clock: Clock,
    private readonly run: Run,
  ) {}

  refuse(refused: ReadonlyMap<PushCall, readonly Diagnostic[]>): void {
    for (const [call, diagnostics] of refused) this.outcomes.set(call, { kind: 'refused', diagnostics });
  }

  /** An upload by sizes answers for each of them. */
  nameSizes(units: readonly Unit[]): void {
    for (const call of units.flatMap((unit) => unit.calls)) {
      const outcome = this.outcomes.get(call);
      if (outcome?.kind === 'accepted' && outcome.receipt !== undefined)
        this.outcomes.set(call, { ...outcome, receipt: sizeReceipt(outcome.receipt, call.item.ids['chrt'] ?? '') });
    }
  }

  mayHaveLanded(call: PushCall): boolean {
    const outcome = this.outcomes.get(call);
    return outcome?.kind === 'accepted' || outcome?.kind === 'unsure';
  }

  async send(operation: string, units: readonly Unit[]): Promise<void> {
    const writing = WRITINGS[operation];
    if (writing === undefined) throw new Unsupported(`Wildberries has no operation "${operation}"`);
    const queue: (readonly Unit[])[] = [];
    for (let at = 0; at < units.length; at += writing.batch) queue.push(units.slice(at, at + writing.batch));
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      if (this.stopped !== undefined) {
        this.note(next, { kind: 'unsure', why: `not sent: ${this.stopped}` });
        continue;
      }
      try {
        const answer = await this.client.call(writing.endpoint, writing.wrap(next.map((unit) => unit.body)), this.run);
        this.sent = true;
        this.note(next, writing.read(answer, this.clock.now()));
      } catch (error) {
        if (error instanceof Refused) {
          this.sent = true;
          queue.unshift(...this.afterRefusal(error, next));
          continue;
        }
        const landed = (error instanceof RetryLater && error.unsure) || error instanceof BrokenContract;
        if (!landed && !this.sent) throw error;
        this.sent = true;
        const why = error instanceof ChannelError ? error.message : 'interrupted';
        this.note(next, { kind: 'unsure', why });
        if (!landed) this.stopped = why;
      }
    }
  }

  private note(units: readonly Unit[], outcome: PushOutcome): void {
    for (const { calls, left } of units) {
      for (const call of calls) {
        const refusals = left?.get(call);
        this.outcomes.set(call, outcome.kind === 'accepted' && refusals !== undefined ? { ...outcome, refusals } : outcome);
      }
    }
  }

  /** Writes down what a refusal says about each card; answers what is to be sent again. */
  private afterRefusal(error: Refused, units: readonly Unit[]): readonly (readonly Unit[])[] {
    const text = error.diagnostics.map((diagnostic) => String(diagnostic.params?.['message'] ?? '')).join('; ');
    if (ALREADY_SET.test(text) && (!EITHER.test(text) || units.length === 1)) {
      this.note(units, EITHER.test(text) ? { kind: 'unsure', why: text } : { kind: 'accepted', answer: text });
      return [];
    }
    const named = new Map<Unit, readonly Diagnostic[]>();
    for (const unit of units) {
      const own = error.diagnostics.filter((diagnostic) => diagnostic.params?.['card'] === unit.article);
      if (own.length > 0) named.set(unit, own);
    }
    if (named.size > 0) {
      for (const [unit, own] of named) this.note([unit], refusal(own));
      const rest = units.filter((unit) => !named.has(unit));
      return rest.length === 0 ? [] : [rest];
    }
    if (units.length === 1) {
      this.note(units, refusal(error.diagnostics));
      return [];
    }
    const half = units.length >> 1;
    return [units.slice(0, half), units.slice(half)];
  }
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
