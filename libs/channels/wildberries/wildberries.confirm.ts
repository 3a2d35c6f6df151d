import { BrokenContract, type Doc, readDoc, readNumber, readPresentList, readText } from '#kernel';
import type { ChannelPorts, Confirmation, Receipt, Run } from '#channels/contract';
import { articleOf } from './wildberries.card-keys.js';
import type { WildberriesClient } from './wildberries.client.js';
import { reported } from './wildberries.diagnostics.js';
import { readDrafts } from './wildberries.drafts.js';
import type { Underway } from './wildberries.underway.js';

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

/** An upload of prices by size, and the size that it answers for. */
export function sizeReceipt(task: string, size: string): string {
  return `${task}/${size}`;
}

/** Where content changes and price uploads stand; answers in the order of `receipts`. */
export async function confirm(client: WildberriesClient, ports: ChannelPorts, receipts: readonly Receipt[], run: Run, underway?: Underway): Promise<readonly Confirmation[]> {
  const sentAt = new Map(receipts.flatMap((one) => (one.receipt.startsWith(DRAFT) ? [[one, Number(one.receipt.slice(DRAFT.length))] as const] : [])));
  const drafts = sentAt.size === 0 ? new Map() : await readDrafts(client, run, Math.min(...sentAt.values()) - SKEW_MS);
  const tasks = new Map<string, Task>();
  for (const { receipt } of receipts) {
    const [task = ''] = receipt.split('/');
    if (!receipt.startsWith(DRAFT) && !tasks.has(task)) tasks.set(task, await taskState(client, ports, task, run));
  }
  return receipts.map((one): Confirmation => {
    const sent = sentAt.get(one);
    if (sent === undefined) return taskVerdict(tasks, one);
    const draft = drafts.get(articleOf(one.key));
    if (draft !== undefined && draft.at >= sent - SKEW_MS) {
      underway?.forget(articleOf(one.key));
      return { kind: 'refused', diagnostics: draft.errors.map((error: string) => reported(error)), answer: draft };
    }
    return ports.clock.now() - sent < DRAFT_MS ? { kind: 'running' } : { kind: 'done', diagnostics: [], refusals: [] };
  });
}

/** Every card alike, or each by its article, and by article and size. */
type Task = Confirmation | ReadonlyMap<string, Confirmation>;

function taskVerdict(tasks: ReadonlyMap<string, Task>, { key, receipt }: Receipt): Confirmation {
  const [id = '', size] = receipt.split('/');
  const task = tasks.get(id);
  if (task === undefined) return { kind: 'lost', why: 'the upload was not asked for' };
  if (!(task instanceof Map)) return task as Confirmation;
  const article = articleOf(key);
  return (task as ReadonlyMap<string, Confirmation>).get(size === undefined ? article : placeOf(article, size)) ?? { kind: 'lost', why: 'the upload does not mention this card' };
}

const placeOf = (article: string, size: string): string => `${article}/${size}`;

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
    for (const item of goods) {
      const article = readText(item['vendorCode']);
      const verdict = itemVerdict(item);
      // A card of several rows fares as its worst one.
      if (found.get(article)?.kind !== 'refused') found.set(article, verdict);
      found.set(placeOf(article, readText(item['sizeID'])), verdict);
    }
    offset += goods.length;
  }
}

/** 2 set, 3 refused. */
function itemVerdict(item: Doc): Confirmation {
  const text = readText(item['errorText']);
  if (readNumber(item['status'], 'price task goods.status') === 2) return { kind: 'done', diagnostics: [], refusals: [], answer: item };
  return { kind: 'refused', diagnostics: [reported(text === '' ? 'refused without a reason' : text, 'price')], answer: item };
}
