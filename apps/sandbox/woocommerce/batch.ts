import type { Answer, Body, Call } from './endpoint.js';
import { isSent, objectsOf } from './params.js';
import { Problem } from './problem.js';

/** What a batch does with each of its items. All throw what the shop answers to one alone. */
export interface BatchWork {
  create(body: Body): unknown;
  edit(id: number, body: Body): unknown;
  /** For good. */
  remove(id: number): unknown;
}

/** Everything one after another; what fails does so in its place, and the whole is a success. */
export async function runBatch(call: Call, work: BatchWork): Promise<Answer> {
  const { body } = call;
  const create = objectsOf(body['create']);
  const update = objectsOf(body['update']);
  const gone = Array.isArray(body['delete']) ? body['delete'].map(Number) : [];
  checkSize(call, create.length + update.length + gone.length);
  const answer: Record<string, unknown[]> = {};
  if (isSent(body['create']))
    answer['create'] = await each(
      create,
      () => 0,
      (item) => work.create(item),
    );
  if (isSent(body['update']))
    answer['update'] = await each(
      update,
      (item) => item['id'] ?? null,
      (item) => work.edit(Number(item['id'] ?? 0), item),
    );
  if (isSent(body['delete']))
    answer['delete'] = await each(
      gone,
      (id) => id,
      (id) => work.remove(id),
    );
  return { status: 200, body: answer };
}

function checkSize({ office }: Call, count: number): void {
  const most = office.cabinet.current.batch_limit;
  if (count > most) throw new Problem(413, 'woocommerce_rest_request_entity_too_large', `Unable to accept more than ${most} items for this request.`);
}

/** How many things a body asks for, for the time it takes. */
export function itemsIn(body: Body): number {
  const lists = ['create', 'update', 'delete'].map((name) => body[name]).filter(Array.isArray);
  return lists.length > 0 ? lists.reduce((sum, list) => sum + list.length, 0) : 1;
}

/** `named`: the number an error is told under. */
async function each<T>(items: readonly T[], named: (item: T) => unknown, run: (item: T) => unknown): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const item of items) {
    try {
      answers.push(await run(item));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      answers.push({ id: named(item), error: error.body() });
    }
  }
  return answers;
}
