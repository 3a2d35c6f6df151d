import { Agent, request } from 'undici';

export interface EditLoad {
  readonly url: string;
  readonly token: string;
  /** Articles that are edited in turn; their revision is known by whoever edits them. */
  readonly skus: readonly string[];
  readonly perSecond: number;
  readonly seconds: number;
}

/** Revision of each article as last answered. One editor at a time keeps it true. */
export type Revisions = Map<string, number>;

/**
 * Edits products at a steady pace, whether earlier edits were answered or not, and tells how long each took in ms, counted
 * from the moment it was due: a server that stands still is not spared the requests it kept waiting.
 */
export async function editSteadily(load: EditLoad, revisions: Revisions): Promise<number[]> {
  const agent = new Agent({ connections: 32, pipelining: 1 });
  const count = Math.round(load.perSecond * load.seconds);
  const from = performance.now();
  const taken: Promise<number>[] = [];
  try {
    for (let edit = 0; edit < count; edit++) {
      const due = from + (edit * 1000) / load.perSecond;
      const wait = due - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      const sku = load.skus[edit % load.skus.length];
      if (sku !== undefined) taken.push(one(agent, load, sku, revisions).then(() => performance.now() - due));
    }
    return await Promise.all(taken);
  } finally {
    await agent.close();
  }
}

async function one(dispatcher: Agent, { url, token }: EditLoad, sku: string, revisions: Revisions): Promise<void> {
  const revision = revisions.get(sku) ?? 1;
  const answer = await request(`${url}/api/products/${encodeURIComponent(sku)}`, {
    method: 'PATCH',
    dispatcher,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'if-match': `"${revision}"` },
    body: JSON.stringify({ price: { minor: 100_000 + revision * 100, currency: 'RUB' }, stock: { main: revision % 50 } }),
  });
  const text = await answer.body.text();
  if (answer.statusCode !== 200) throw new Error(`An edit of ${sku} was answered ${answer.statusCode}: ${text.slice(0, 300)}`);
  revisions.set(sku, (JSON.parse(text) as { revision: number }).revision);
}
