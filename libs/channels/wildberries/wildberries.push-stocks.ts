import { BrokenContract, ChannelError, type Clock, Refused, RetryLater, readDoc, readId, readList, readNumber } from '#kernel';
import type { PushCall, PushOutcome, Run } from '#channels/contract';
import type { WildberriesClient } from './wildberries.client.js';
import { STOCK_ROWS, readAmounts } from './wildberries.stock-reading.js';

interface Row {
  readonly call: PushCall;
  readonly chrtId: string;
  readonly amount: number;
}

/** A warehouse at work says for how long, as a rule. */
const RETRY_MS = 30_000;

/** How long a warehouse is given before an amount that is not shown yet is asked for once more. */
const LOOK_AGAIN_MS = 2_000;

/**
 * Sends amounts warehouse by warehouse and reads each request back: 204 says that the request was understood, not that anything
 * changed. An amount above the sent one was certainly not taken; one below may have been sold meanwhile. A warehouse that cannot be
 * written to now holds up no other; throws what it said when nothing was sent at all.
 */
export async function pushStocks(client: WildberriesClient, calls: readonly PushCall[], clock: Clock, run: Run): Promise<readonly PushOutcome[]> {
  const outcomes = new Map<PushCall, PushOutcome>();
  let sent = false;
  let waiting: RetryLater | undefined;
  for (const [warehouse, rows] of byWarehouse(calls)) {
    const queue: (readonly Row[])[] = [];
    for (let at = 0; at < rows.length; at += STOCK_ROWS) queue.push(rows.slice(at, at + STOCK_ROWS));
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      try {
        await client.call('setStocks', { id: warehouse, body: { stocks: next.map(({ chrtId, amount }) => ({ chrtId: Number(chrtId), amount })) } }, run);
        sent = true;
        for (const [call, outcome] of await verify(client, warehouse, next, clock, run)) worst(outcomes, call, outcome);
      } catch (error) {
        if (error instanceof Refused) {
          sent = true;
          queue.unshift(...afterRefusal(error, next, outcomes));
          continue;
        }
        if (error instanceof RetryLater && !error.unsure) {
          waiting ??= error;
          const until = clock.now() + (error.afterMs ?? RETRY_MS);
          for (const row of [...next, ...queue.splice(0).flat()]) worst(outcomes, row.call, { kind: 'not-sent', why: 'channel-unavailable', until });
          continue;
        }
        const landed = error instanceof RetryLater || error instanceof BrokenContract;
        if (!landed && !sent) throw error;
        sent = true;
        const why = error instanceof ChannelError ? error.message : 'interrupted';
        for (const row of [...next, ...(landed ? [] : queue.splice(0).flat())]) worst(outcomes, row.call, { kind: 'unsure', why });
      }
    }
  }
  if (!sent && waiting !== undefined) throw waiting;
  return calls.map((call) => outcomes.get(call) ?? { kind: 'unsure', why: 'it was not sent' });
}

function byWarehouse(calls: readonly PushCall[]): ReadonlyMap<string, Row[]> {
  const out = new Map<string, Row[]>();
  for (const call of calls) {
    for (const value of readList(call.body, 'stocks')) {
      const doc = readDoc(value, 'stocks');
      const warehouse = readId(doc['warehouse'], 'stocks.warehouse');
      const row = { call, chrtId: readId(doc['chrtId'], 'stocks.chrtId'), amount: readNumber(doc['amount'], 'stocks.amount') };
      out.set(warehouse, [...(out.get(warehouse) ?? []), row]);
    }
  }
  return out;
}

/** What was read back says of each row. A read that fails proves nothing: the next sweep looks again. */
async function verify(client: WildberriesClient, warehouse: string, rows: readonly Row[], clock: Clock, run: Run): Promise<readonly (readonly [PushCall, PushOutcome])[]> {
  let shown: ReadonlyMap<string, number>;
  try {
    shown = await readAmounts(client, warehouse, rows.map(sizeOf), run);
    const late = rows.filter((row) => shown.get(row.chrtId) !== row.amount);
    if (late.length > 0) {
      await clock.sleep(LOOK_AGAIN_MS, run.signal);
      shown = new Map([...shown, ...(await readAmounts(client, warehouse, late.map(sizeOf), run))]);
    }
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    return rows.map(({ call }) => [call, { kind: 'accepted', answer: { verified: false, why: error.message } }]);
  }
  return rows.map((row) => {
    const amount = shown.get(row.chrtId) ?? 0;
    if (amount > row.amount) return [row.call, { kind: 'unsure', why: `answered 204, but ${amount} is shown where ${row.amount} was sent` }];
    return [row.call, { kind: 'accepted', answer: { verified: true, shown: amount } }];
  });
}

const sizeOf = (row: Row): string => row.chrtId;

/** Rows that the answer names are refused; the rest goes again, since of a refused request nothing is taken. Of a warehouse that is not there all are. */
function afterRefusal(error: Refused, rows: readonly Row[], outcomes: Map<PushCall, PushOutcome>): readonly (readonly Row[])[] {
  const noWarehouse = error.diagnostics.some(({ params }) => params?.['status'] === 404);
  const refused = (row: Row) => error.diagnostics.filter(({ params }) => noWarehouse || params?.['card'] === row.chrtId);
  const named = rows.filter((row) => refused(row).length > 0);
  for (const row of named) worst(outcomes, row.call, { kind: 'refused', diagnostics: refused(row).map((one) => ({ ...one, path: 'stock' })) });
  if (named.length > 0) {
    const rest = rows.filter((row) => !named.includes(row));
    return rest.length === 0 ? [] : [rest];
  }
  const [only] = rows;
  if (rows.length === 1 && only !== undefined) {
    worst(outcomes, only.call, { kind: 'refused', diagnostics: error.diagnostics.map((one) => ({ ...one, path: 'stock' })) });
    return [];
  }
  const half = rows.length >> 1;
  return [rows.slice(0, half), rows.slice(half)];
}

const RANK = { accepted: 0, 'not-sent': 1, unsure: 2, refused: 3 } as const;

/** A card of several rows fares as its worst one; where some went and some did not, it is looked at. */
function worst(outcomes: Map<PushCall, PushOutcome>, call: PushCall, outcome: PushOutcome): void {
  const known = outcomes.get(call) ?? outcome;
  const [better, worse] = RANK[outcome.kind] > RANK[known.kind] ? [known, outcome] : [outcome, known];
  outcomes.set(call, worse.kind === 'not-sent' && better.kind === 'accepted' ? { kind: 'unsure', why: 'sent to some of its warehouses only' } : worse);
}
