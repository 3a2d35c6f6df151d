import { BrokenContract, type Doc, readDoc, readId, readList, readText, sendId } from '#kernel';
import type { ChannelPorts, Confirmation, Receipt, Run } from '#channels/contract';
import type { OzonClient } from './ozon.client.js';
import { type OzonProblem, passesByItself, problemDiagnostic, refusesValue } from './ozon.diagnostics.js';
import { isNotFound } from './ozon.errors.js';

/** Where tasks stand: one question for each task, one answer for each receipt. */
export async function confirm(client: OzonClient, ports: ChannelPorts, receipts: readonly Receipt[], run: Run): Promise<readonly Confirmation[]> {
  const tasks = new Map<string, ReadonlyMap<string, Confirmation> | Confirmation>();
  for (const receipt of receipts) {
    if (!tasks.has(receipt.receipt)) tasks.set(receipt.receipt, await taskState(client, ports, receipt.receipt, run));
  }
  return receipts.map((receipt) => {
    const state = tasks.get(receipt.receipt);
    if (state === undefined) return { kind: 'lost', why: 'the task was not asked for' };
    if (!(state instanceof Map)) return state as Confirmation;
    return state.get(receipt.key) ?? { kind: 'lost', why: `task ${receipt.receipt} does not mention this card` };
  });
}

async function taskState(client: OzonClient, ports: ChannelPorts, task: string, run: Run): Promise<ReadonlyMap<string, Confirmation> | Confirmation> {
  try {
    const answer = await client.call('task', { task_id: sendId(task) }, run);
    return verdicts(answer.body, ports);
  } catch (error) {
    if (isNotFound(error)) return { kind: 'lost', why: `task ${task} is not known any more` };
    throw error;
  }
}

/** The verdict for each offer of one answer of `/v1/product/import/info`. */
export function verdicts(body: Doc, ports: Pick<ChannelPorts, 'budget' | 'clock' | 'onBrokenContract'>): ReadonlyMap<string, Confirmation> {
  const out = new Map<string, Confirmation>();
  for (const value of readList(readDoc(body['result'], 'import info')['items'], 'import info.items')) {
    const item = readDoc(value, 'import info.items');
    out.set(readText(item['offer_id']), verdict(item, ports));
  }
  return out;
}

function verdict(item: Doc, ports: Pick<ChannelPorts, 'budget' | 'clock' | 'onBrokenContract'>): Confirmation {
  const problems = readList(item['errors'], 'import info.errors').map(problemOf);
  const diagnostics = problems.map(problemDiagnostic);
  switch (readText(item['status'])) {
    case 'pending':
      return { kind: 'running' };
    case 'imported':
    case 'skipped':
      return { kind: 'done', diagnostics, refusals: problems.filter(refusesValue).map(problemDiagnostic), answer: item };
    case 'failed':
      if (problems.some((problem) => /^item_limit_exceeded$/i.test(problem.code))) return quotaSpent(item, ports);
      if (problems.length > 0 && problems.every(passesByItself)) {
        return { kind: 'lost', why: `not applied: ${problems.map((problem) => problem.code).join(', ')}` };
      }
      return { kind: 'refused', diagnostics, answer: item };
    default:
      ports.onBrokenContract(new BrokenContract(`import info: unknown status "${readText(item['status'])}"`, item));
      return { kind: 'lost', why: 'the task ended in a way that is not documented' };
  }
}

/** Not the card's fault: nothing was applied, and it may be sent again when the day's quota returns at 00:00 UTC. */
function quotaSpent(item: Doc, ports: Pick<ChannelPorts, 'budget' | 'clock'>): Confirmation {
  const midnight = (Math.floor(ports.clock.now() / 86_400_000) + 1) * 86_400_000;
  ports.budget.block(readId(item['product_id'], 'import info.product_id') === '' ? 'daily_create' : 'daily_update', midnight);
  return { kind: 'lost', why: 'the daily quota was spent; nothing was applied' };
}

function problemOf(value: unknown): OzonProblem {
  const doc = readDoc(value, 'import info.errors');
  const level = readText(doc['level']).toLowerCase();
  return {
    code: readText(doc['code']),
    message: readText(doc['message']) || readText(doc['description']),
    blocking: level.includes('warn') ? false : level.includes('error') || level.includes('internal') ? true : undefined,
    attributeId: readId(doc['attribute_id'], 'import info.attribute_id'),
    attributeName: readText(doc['attribute_name']),
    field: readText(doc['field']),
  };
}
