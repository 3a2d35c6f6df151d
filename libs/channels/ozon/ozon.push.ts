import { BrokenContract, ChannelError, type Diagnostic, Refused, RetryLater, Unsupported, type Doc, readDoc, readFlag, readId, readKey, readList, readText } from '#kernel';
import type { PushCall, PushOutcome, Run } from '#channels/contract';
import { batchOf, spendsOf } from './ozon.channel.js';
import type { EndpointName, OzonClient } from './ozon.client.js';
import { type OzonProblem, passesByItself, problemDiagnostic } from './ozon.diagnostics.js';

interface Writing {
  readonly endpoint: EndpointName;
  wrap(bodies: readonly unknown[]): unknown;
  /** Outcomes in the order of `calls`. */
  read(answer: Doc, calls: readonly PushCall[]): readonly PushOutcome[];
}

const WRITINGS: Readonly<Record<string, Writing>> = {
  import: { endpoint: 'import', wrap: (items) => ({ items }), read: taskIn('result') },
  attributes: { endpoint: 'updateAttributes', wrap: (items) => ({ items }), read: taskIn('') },
  revalidate: { endpoint: 'updateAttributes', wrap: (items) => ({ items }), read: taskIn('') },
  pictures: { endpoint: 'updatePictures', wrap: (items) => ({ items }), read: taskIn('') },
  prices: { endpoint: 'updatePrices', wrap: (prices) => ({ prices }), read: readResults },
  stocks: { endpoint: 'updateStocks', wrap: (pairs) => ({ stocks: pairs.flat() }), read: readResults },
  archive: { endpoint: 'archive', wrap: wrapProducts, read: readWhole },
  unarchive: { endpoint: 'unarchive', wrap: wrapProducts, read: readWhole },
  barcodes: { endpoint: 'addBarcodes', wrap: (pairs) => ({ barcodes: pairs.flat() }), read: readBarcodes },
};

/**
 * Sends one batch. A refusal of the whole request is halved until the items that cause it stand alone, so that none of
 * their mates is held up. Once something was sent, trouble with the rest is `unsure`, never an exception.
 */
export async function push(client: OzonClient, operation: string, calls: readonly PushCall[], run: Run): Promise<readonly PushOutcome[]> {
  const writing = WRITINGS[operation];
  if (writing === undefined) throw new Unsupported(`Ozon has no operation "${operation}"`);
  const outcomes = new Map<PushCall, PushOutcome>();
  const queue = requests(
    operation,
    calls.filter((call) => !isEmpty(call.body)),
  );
  for (const call of calls) if (isEmpty(call.body)) outcomes.set(call, { kind: 'accepted' });

  let sent = false;
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    try {
      const answer = await client.call(writing.endpoint, writing.wrap(next.map((call) => call.body)), run, spends(operation, next));
      sent = true;
      writing.read(answer.body, next).forEach((outcome, at) => outcomes.set(next[at] as PushCall, outcome));
    } catch (error) {
      if (error instanceof Refused) {
        sent = true;
        if (next.length === 1) outcomes.set(next[0] as PushCall, { kind: 'refused', diagnostics: error.diagnostics });
        else queue.unshift(next.slice(0, next.length >> 1), next.slice(next.length >> 1));
        continue;
      }
      const landed = (error instanceof RetryLater && error.unsure) || error instanceof BrokenContract;
      if (!landed && !sent) throw error;
      const why = error instanceof ChannelError ? error.message : 'interrupted';
      for (const call of next) outcomes.set(call, { kind: 'unsure', why });
      if (landed) {
        sent = true;
        continue;
      }
      for (const call of queue.flat()) outcomes.set(call, { kind: 'unsure', why: `not sent: ${why}` });
      queue.length = 0;
    }
  }
  return calls.map((call) => outcomes.get(call) ?? { kind: 'unsure', why: 'the answer does not mention this item' });
}

function isEmpty(body: unknown): boolean {
  return Array.isArray(body) && body.length === 0;
}

/** Creations and updates draw on different quotas, and a card with several warehouses takes several of the pairs of a request. */
function requests(operation: string, calls: readonly PushCall[]): PushCall[][] {
  const limit = batchOf(operation);
  const out: PushCall[][] = [];
  for (const part of [calls.filter(isCreation), calls.filter((call) => !isCreation(call))]) {
    let current: PushCall[] = [];
    let size = 0;
    for (const call of part) {
      const weight = Array.isArray(call.body) ? call.body.length : 1;
      if (current.length > 0 && size + weight > limit) {
        out.push(current);
        current = [];
        size = 0;
      }
      current.push(call);
      size += weight;
    }
    if (current.length > 0) out.push(current);
  }
  return out;
}

function isCreation(call: PushCall): boolean {
  return call.item.externalId === undefined || call.item.externalId === '';
}

function spends(operation: string, calls: readonly PushCall[]) {
  const creates = calls.filter(isCreation).length;
  return spendsOf(operation, creates, calls.length - creates);
}

function wrapProducts(bodies: readonly unknown[]): unknown {
  return { product_id: bodies.map((body) => readDoc(body, 'archive')['product_id']) };
}

function taskIn(wrapper: string): Writing['read'] {
  return (answer, calls) => {
    const holder = wrapper === '' ? answer : readDoc(answer[wrapper], wrapper);
    const receipt = readId(holder['task_id'], 'task_id');
    if (receipt === '') throw new BrokenContract('task_id: expected an id', answer);
    return calls.map(() => ({ kind: 'accepted', receipt }));
  };
}

function readWhole(answer: Doc, calls: readonly PushCall[]): readonly PushOutcome[] {
  const outcome: PushOutcome = readFlag(answer['result']) ? { kind: 'accepted' } : { kind: 'unsure', why: 'answered without a result' };
  return calls.map(() => outcome);
}

function readResults(answer: Doc, calls: readonly PushCall[]): readonly PushOutcome[] {
  const rows = new Map<string, Doc[]>();
  for (const value of readList(answer['result'], 'result')) {
    const row = readDoc(value, 'result');
    const key = readKey(row['offer_id'], 'result.offer_id');
    rows.set(key, [...(rows.get(key) ?? []), row]);
  }
  return calls.map((call) => {
    const own = rows.get(call.item.key);
    if (own === undefined) return { kind: 'unsure', why: 'the answer does not mention this item' };
    const problems = own.flatMap((row) => (readFlag(row['updated']) ? [] : failuresOf(row)));
    if (problems.length === 0) return { kind: 'accepted', answer: own };
    return failed(problems, own);
  });
}

function failuresOf(row: Doc): readonly OzonProblem[] {
  const found = readList(row['errors'], 'result.errors').map((value) => {
    const error = readDoc(value, 'result.errors');
    return problem(readText(error['code']), readText(error['message']));
  });
  return found.length > 0 ? found : [problem('', '')];
}

function failed(problems: readonly OzonProblem[], answer: unknown): PushOutcome {
  const lasting = problems.some((one) => (one.code !== '' || one.message !== '') && !passesByItself(one));
  if (lasting) return { kind: 'refused', diagnostics: problems.map(problemDiagnostic), answer };
  return { kind: 'unsure', why: `not applied: ${problems.map((one) => `${one.code} ${one.message}`.trim() || 'no reason given').join('; ')}` };
}

function readBarcodes(answer: Doc, calls: readonly PushCall[]): readonly PushOutcome[] {
  const errors = readList(answer['errors'], 'errors').map((value) => readDoc(value, 'errors'));
  return calls.map((call) => {
    const codes = new Set(readList(call.body, 'barcodes').map((pair) => readText(readDoc(pair, 'barcodes')['barcode'])));
    const own = errors.filter((error) => codes.has(readText(error['barcode'])));
    if (own.length === 0) return { kind: 'accepted' };
    const diagnostics: readonly Diagnostic[] = own.map((error) => ({
      ...problemDiagnostic(problem(readText(error['code']), readText(error['error']))),
      path: 'barcodes',
    }));
    return { kind: 'refused', diagnostics, answer: own };
  });
}

function problem(code: string, message: string): OzonProblem {
  return { code, message, blocking: true, attributeId: '', attributeName: '', field: '' };
}
