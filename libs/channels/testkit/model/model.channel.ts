import { createHmac } from 'node:crypto';
import { BrokenContract, Refused, RetryLater, Throttled, Unauthorised, Unsupported, type ChannelError } from '#kernel';
import type {
  Adoption,
  CardValues,
  Channel,
  ChannelDescriptor,
  ChannelModule,
  ChannelPorts,
  Delivery,
  Hint,
  ObservedCard,
  PushCall,
  PushItem,
  PushOutcome,
  Run,
} from '#channels/contract';
import type { HttpAnswer } from '../driver.js';
import { MODEL_BATCH, type ModelCard } from './model-market.js';

const BASE = 'https://api.model.test';
const WAREHOUSE = 'main';
const OFFERS = ['price', 'stock'] as const;
const CARD = ['title', 'media'] as const;
const CALL = { bucket: 'calls', per: 'call', of: 'any' } as const;
const shared = { batch: MODEL_BATCH, costs: [CALL], settleMs: 60_000, moderates: false, immediate: true } as const;

const descriptor: ChannelDescriptor = {
  id: 'model',
  title: { ru: 'Образец', en: 'Model', zh: '样本' },
  credentials: [{ key: 'token', title: { ru: 'Токен', en: 'Token', zh: '令牌' }, secret: true, required: true }],
  facets: ['title', 'media', 'presence', 'price', 'stock'],
  lanes: [{ id: 'cards', facets: ['title', 'media', 'presence', 'price', 'stock'], everyMs: 60_000 }],
  operations: [
    { ...shared, id: 'offers', writes: OFFERS, replaces: [], creates: false, when: 'listed' },
    { ...shared, id: 'card', writes: CARD, replaces: CARD, creates: false, when: 'listed', needsDocument: true },
    { ...shared, id: 'create', writes: [...CARD, ...OFFERS], replaces: [...CARD, ...OFFERS], creates: true, when: 'absent' },
  ],
  buckets: [{ name: 'calls', kind: 'rate', limit: 100, perMs: 1000 }],
  projection: 1,
  hosts: ['api.model.test', 'cdn.model.test'],
};

type Doc = Readonly<Record<string, unknown>>;

function failure({ status, headers, body }: HttpAnswer, now: number, writes: boolean): ChannelError {
  const said = `HTTP ${status}`;
  if (status === 401) return new Unauthorised(said);
  if (status === 429) return new Throttled(said, now + Number(headers['retry-after'] ?? 1) * 1000, 'calls');
  if (status >= 500) return new RetryLater(said, writes);
  if (status >= 400) return new Refused(said, [{ severity: 'error', path: '', code: 'model.refused' }]);
  return new BrokenContract(said, body);
}

class ModelConnection implements Channel {
  constructor(
    private readonly token: string,
    private readonly ports: ChannelPorts,
  ) {}

  async *sweep(lane: string, resume: string | undefined, run: Run) {
    if (lane !== 'cards') throw new Unsupported(`no lane ${lane}`);
    if (resume === 'END') return;
    let before: ReadonlySet<string> = new Set();
    for (let after: string | undefined = resume ?? ''; after !== undefined;) {
      const startedAt = Date.now();
      const body: Doc = await this.send('GET', `/cards?after=${encodeURIComponent(after)}`, undefined, run, false);
      const all = this.cardsOf(body);
      const cards = all.filter(({ key }) => !before.has(key));
      const next = body['next'];
      if (next !== null && typeof next !== 'string') throw this.broken('next: expected a cursor or null', body);
      if (next !== null && next === after) throw this.broken('the same page came again', body);
      before = new Set(all.map(({ key }) => key));
      after = next ?? undefined;
      yield { source: 'cards', startedAt, cards, cursor: after ?? 'END' };
    }
  }

  async peek(keys: readonly string[], _facets: readonly unknown[], run: Run) {
    const startedAt = Date.now();
    const cards = this.cardsOf(await this.send('POST', '/cards/named', { articles: keys }, run, false));
    const found = new Set(cards.map(({ key }) => key));
    return { startedAt, cards, absent: keys.filter((key) => !found.has(key)) };
  }

  async push(operation: string, calls: readonly PushCall[], run: Run): Promise<readonly PushOutcome[]> {
    const outcomes: PushOutcome[] = [];
    for (let at = 0; at < calls.length; at += MODEL_BATCH) {
      const items = calls.slice(at, at + MODEL_BATCH).map((call) => call.body);
      const { results } = await this.send('POST', operation === 'offers' ? '/offers' : '/cards', { items }, run, true);
      if (!Array.isArray(results)) throw this.broken('results: expected a list', results);
      outcomes.push(...(results as { field: string | null }[]).map(outcomeOf));
    }
    return outcomes;
  }

  confirm = () => Promise.resolve([]);
  references = () => Promise.resolve(new Map<string, unknown>());

  async health(run: Run) {
    await this.send('GET', '/me', undefined, run, false);
    return { ok: true, diagnostics: [] };
  }

  private async send(method: 'GET' | 'POST', path: string, body: unknown, run: Run, writes: boolean): Promise<Doc> {
    await this.ports.budget.take([{ bucket: 'calls', cost: 1 }], run.priority, run.signal);
    const answer = await this.ports.http.request({ method, url: BASE + path, headers: { authorization: `Bearer ${this.token}` }, body, signal: run.signal, writes });
    if (answer.status !== 200) throw failure(answer, this.ports.clock.now(), writes);
    if (typeof answer.body !== 'object' || answer.body === null) throw this.broken('expected an object', answer.body);
    return answer.body as Doc;
  }

  private cardsOf(body: Doc): ObservedCard[] {
    const { items } = body;
    if (!Array.isArray(items)) throw this.broken('items: expected a list', body);
    return (items as (ModelCard & { id: string })[]).map((card) => ({ key: card.article, externalId: card.id, ids: {}, values: valuesOf(card), document: card }));
  }

  private broken(message: string, body: unknown): BrokenContract {
    const error = new BrokenContract(message, body);
    this.ports.onBrokenContract(error);
    return error;
  }
}

function outcomeOf({ field }: { field: string | null }): PushOutcome {
  return field === null ? { kind: 'accepted' } : { kind: 'refused', diagnostics: [{ severity: 'error', path: field, code: 'model.refused' }] };
}

function valuesOf(card: ModelCard): CardValues {
  const offers = Object.entries(card.offers).map(([name, { price, stock }]) => [name, { price: { price, currency: 'RUB' }, stock: { [WAREHOUSE]: stock } }]);
  return { title: card.title, media: card.pictures, presence: card.listed ? 'listed' : 'archived', offers: Object.fromEntries(offers) };
}

function compose(operation: string, item: PushItem): unknown {
  const offers = Object.entries(item.values.offers ?? {}).map(([name, { price, stock }]) => [
    name,
    { ...(price ? { price: price.price } : {}), ...(stock ? { stock: stock[WAREHOUSE] } : {}) },
  ]);
  if (operation === 'offers') return { article: item.key, offers: Object.fromEntries(offers) };
  const live = (item.document ?? {}) as Partial<ModelCard>;
  return {
    article: item.key,
    title: item.values.title ?? item.carry.title,
    pictures: item.mediaUrls ?? item.carry.media ?? [],
    extra: live.extra ?? {},
    ...(item.externalId === undefined ? { offers: Object.fromEntries(offers) } : {}),
  };
}

export const adoption: Adoption = {
  needs: () => [],
  product: ({ title = '', offers = {} }) => ({ title, description: '', category: '', attributes: { Размер: Object.keys(offers) } }),
};

export function modelSignature(body: Uint8Array, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('hex');
}

function hintOf({ headers, body }: Delivery, secret: string): Hint {
  if (headers['x-model-signature'] !== modelSignature(body, secret)) return { kind: 'forged' };
  return { kind: 'cards', cards: [{ key: String((JSON.parse(Buffer.from(body).toString('utf8')) as Doc)['article']) }] };
}

/** A channel that does its duties on the model market: the pattern for others, and the ground for the hostile one. */
export const model: ChannelModule = {
  descriptor,
  needs: () => [],
  render(product, rules) {
    const price = product.price && { price: product.price.minor, currency: rules.currency };
    const sizes = product.attributes['Размер'];
    const offers = (Array.isArray(sizes) ? (sizes as string[]) : ['one']).map((name) => [name, { ...(price ? { price } : {}), stock: product.stock }]);
    return { values: { title: product.title, media: product.media.map(({ digest }) => digest), presence: 'listed', offers: Object.fromEntries(offers) }, diagnostics: [] };
  },
  normalise: (_facet, value) => value,
  isEcho(facet, desired, observed, pictures) {
    if (facet !== 'media') return JSON.stringify(desired) === JSON.stringify(observed) ? 'yes' : 'no';
    const [wanted, shown] = [desired as readonly string[], observed as readonly string[]];
    if (wanted.length !== shown.length) return 'no';
    const same = shown.map((url, index) => pictures.same(url, wanted[index] ?? ''));
    return same.includes(false) ? 'no' : same.includes(undefined) ? 'unverified' : 'yes';
  },
  compose,
  hints: { read: hintOf },
  adoption,
  connect: (config, ports) => new ModelConnection(config['token'] ?? '', ports),
};
