import { type Doc, Refused, readDoc, readId, readList, readText } from '#kernel';
import type { HintAddress, Run } from '#channels/contract';
import type { WooClient } from './woocommerce.client.js';
import { refusal } from './woocommerce.errors.js';
import { everyPage } from './woocommerce.pages.js';

const TOPICS = ['product.created', 'product.updated', 'product.deleted', 'product.restored'] as const;
const PATH = '/webhooks';

interface Hook {
  readonly id: string;
  readonly topic: string;
  /** `disabled`: the site gave up after failures; `paused`: a person did. */
  readonly status: string;
}

/** One webhook a topic, found again by its address: the site tells no secret. Throws `Refused` when the site will not have one. */
export async function keepHooks(client: WooClient, { url, secret }: HintAddress, renew: boolean, run: Run): Promise<'kept' | 'paused'> {
  const found = await hooksTo(client, url, run);
  const kept = TOPICS.flatMap((topic) => found.find((hook) => hook.topic === topic) ?? []);
  await change(client, run, {
    create: TOPICS.filter((topic) => !kept.some((hook) => hook.topic === topic)).map((topic) => ({ name: `Etalon ${topic}`, topic, delivery_url: url, secret })),
    update: kept.flatMap(({ id, status }) => {
      const back = status === 'disabled' ? { status: 'active' } : {};
      return renew || status === 'disabled' ? [{ id: Number(id), ...back, ...(renew ? { secret } : {}) }] : [];
    }),
    delete: found.filter((hook) => !kept.includes(hook)).map(({ id }) => Number(id)),
  });
  return kept.some(({ status }) => status === 'paused') ? 'paused' : 'kept';
}

export async function removeHooks(client: WooClient, url: string, run: Run): Promise<void> {
  await change(client, run, { delete: (await hooksTo(client, url, run)).map(({ id }) => Number(id)) });
}

async function hooksTo(client: WooClient, url: string, run: Run): Promise<readonly Hook[]> {
  const all = (await everyPage(client, PATH, {}, run)).map((item) => readDoc(item, PATH));
  return all
    .filter((hook) => readText(hook['delivery_url']) === url)
    .map((hook) => ({ id: readId(hook['id'], `${PATH}.id`), topic: readText(hook['topic']), status: readText(hook['status']) }));
}

/** A batch answers 200 whatever became of its items. */
async function change(client: WooClient, run: Run, lists: Readonly<Record<string, readonly unknown[]>>): Promise<void> {
  const wanted = Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));
  if (Object.keys(wanted).length === 0) return;
  const answer: Doc = readDoc((await client.call('POST', `${PATH}/batch`, { body: wanted }, run)).body, PATH);
  for (const kind of Object.keys(wanted)) {
    for (const slot of readList(answer[kind], `${PATH}.${kind}`)) {
      const { error } = readDoc(slot, PATH);
      if (error !== undefined) throw new Refused(`${PATH}: ${readText(readDoc(error, PATH)['message']).slice(0, 300)}`, [refusal(error)]);
    }
  }
}
