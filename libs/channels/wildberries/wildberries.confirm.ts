import { BrokenContract, type Doc, readDoc, readNumber, readPresentList, readText } from '#kernel';
import type { ChannelPorts, Confirmation, Receipt, Run } from '#channels/contract';
import type { WildberriesClient } from './wildberries.client.js';
import { reported } from './wildberries.diagnostics.js';
import { readDrafts } from './wildberries.drafts.js';

/** A refused draft turns up within a minute as a rule; one that comes later is told by the card's status. */
const DRAFT_MS = 60_000;
/** Their clock and ours may differ by this much. */
const SKEW_MS = 5_000;
const PAGE = 1000;
const DRAFT = 'sent:';

/** Content calls name no task: the receipt says when it was sent (account clock, ms). */
export function draftReceipt(now: number): string {
  return `${DRAFT}${now}`;
}

/** Where content changes and price uploads stand; answers in the order of `receipts`. */
export async function confirm(client: WildberriesClient, ports: ChannelPorts, receipts: readonly Receipt[], run: Run): Promise<readonly Confirmation[]> {
  const sentAt = new Map(receipts.flatMap((one) => (one.receipt.startsWith(DRAFT) ? [[one, Number(one.receipt.slice(DRAFT.length))] as const] : [])));
  const drafts = sentAt.size === 0 ? new Map() : await readDrafts(client, run, Math.min(...sentAt.values()) - SKEW_MS);
  const tasks = new Map<string, Task>();
  for (const { receipt } of receipts) {
    if (!receipt.startsWith(DRAFT) && !tasks.has(receipt)) tasks.set(receipt, await taskState(client, ports, receipt, run));
  }
  return receipts.map((one): Confirmation => {
    const sent = sentAt.get(one);
    if (sent === undefined) return taskVerdict(tasks.get(one.receipt), one.key);
    const draft = drafts.get(one.key);
    if (draft !== undefined && draft.at >= sent - SKEW_MS) return { kind: 'refused', diagnostics: draft.errors.map((error: string) => reported(error)), answer: draft };
    return ports.clock.now() - sent < DRAFT_MS ? { kind: 'running' } : { kind: 'done', diagnostics: [], refusals: [] };
  });
}

/** Every card alike, or each by its article. */
type Task = Confirmation | ReadonlyMap<string, Confirmation>;

function taskVerdict(task: Task | undefined, key: string): Confirmation {
  if (task === undefined) return { kind: 'lost', why: 'the upload was not asked for' };
  if (!(task instanceof Map)) return task as Confirmation;
  return (task as ReadonlyMap<string, Confirmation>).get(key) ?? { kind: 'lost', why: 'the upload does not mention this card' };
}

/** 3 done, 4 cancelled, 5 done in part, 6 failed; nothing yet while it is worked on. */
async function taskState(client: WildberriesClient, ports: ChannelPorts, task: string, run: Run): Promise<Task> {
  const { body } = await client.call('priceTask', { query: { uploadID: task } }, run);
  const { data } = readDoc(body, 'price task');
  if (data === null || data === undefined) return { kind: 'running' };
  const state = readNumber(readDoc(data, 'price task.data')['status'], 'price task.status');
  switch (state) {
    case 3:
      return { kind: 'done', diagnostics: [], refusals: [], answer: data };
    case 4:
      return { kind: 'lost', why: `upload ${task} was cancelled` };
    case 5:
    case 6:
      return goodsOf(client, task, run);
    default:
      ports.onBrokenContract(new BrokenContract(`price task: unknown status ${state}`, data));
      return { kind: 'running' };
  }
}

async function goodsOf(client: WildberriesClient, task: string, run: Run): Promise<ReadonlyMap<string, Confirmation>> {
  const found = new Map<string, Confirmation>();
  for (let offset = 0; ;) {
    const { body } = await client.call('priceTaskGoods', { query: { uploadID: task, limit: PAGE, offset } }, run);
    const goods = readPresentList(readDoc(readDoc(body, 'price task goods')['data'], 'price task goods')['historyGoods'], 'price task goods').map((value) =>
      readDoc(value, 'price task goods'),
    );
    if (goods.length === 0) return found;
    for (const item of goods) found.set(readText(item['vendorCode']), itemVerdict(item));
    offset += goods.length;
  }
}

/** 2 set, 3 refused. */
function itemVerdict(item: Doc): Confirmation {
  const text = readText(item['errorText']);
  if (readNumber(item['status'], 'price task goods.status') === 2) return { kind: 'done', diagnostics: [], refusals: [], answer: item };
  return { kind: 'refused', diagnostics: [reported(text === '' ? 'refused without a reason' : text, 'price')], answer: item };
}
