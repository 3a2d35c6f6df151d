import { BrokenContract, ChannelError, RetryLater, Throttled, readDoc, readDocOrEmpty, readPresentList, readText, type Doc } from '#kernel';
import type { PushOutcome, Run } from '#channels/contract';
import type { WooClient } from './woocommerce.client.js';
import { refusal } from './woocommerce.errors.js';

/** All kinds together, by the site's default; a filter of the site may lower it. */
export const BATCH = 100;
const SMALLEST = 5;

/** Refusals that say something about where the product is, not about its values: looked at, not given up. */
const ELSEWHERE =
  /^(?:woocommerce_rest_product_invalid_id|woocommerce_rest_product_variation_invalid_id|woocommerce_rest_invalid_product_id|product_invalid_sku|woocommerce_rest_product_not_created|woocommerce_rest_already_trashed)$/;

export type ItemResult = { readonly kind: 'done'; readonly product: Doc } | Exclude<PushOutcome, { kind: 'accepted' }>;

/** How many items the site takes in one request without running out of time: halved on trouble, slowly grown back. */
export class BatchSize {
  private size = BATCH;

  get now(): number {
    return this.size;
  }

  shrink(): void {
    this.size = Math.max(SMALLEST, this.size >> 1);
  }

  grow(): void {
    this.size = Math.min(BATCH, this.size + SMALLEST);
  }
}

/** Thrown when nothing of a push has left yet; after that, trouble is `unsure` for what was sent and for what was not. */
export class Sending {
  private sent = false;
  private stopped: string | undefined;

  constructor(
    private readonly client: WooClient,
    private readonly size: BatchSize,
    private readonly run: Run,
  ) {}

  /** One result for each entry, in order. The reply is 200 even when every item failed. */
  async batch(path: string, kind: 'create' | 'update', entries: readonly Doc[]): Promise<readonly ItemResult[]> {
    const results: ItemResult[] = [];
    while (results.length < entries.length) {
      const chunk = entries.slice(results.length, results.length + this.size.now);
      results.push(...(await this.attempt(() => this.send(path, kind, chunk), chunk.length)));
    }
    return results;
  }

  /** One request for one product; a refusal is its result. */
  async one(method: 'POST' | 'PUT', path: string, body: Doc): Promise<ItemResult> {
    const [result] = await this.attempt(async () => [{ kind: 'done', product: readDoc((await this.client.call(method, path, { body }, this.run)).body, path) }], 1);
    return result ?? { kind: 'unsure', why: 'no answer' };
  }

  private async send(path: string, kind: 'create' | 'update', chunk: readonly Doc[]): Promise<readonly ItemResult[]> {
    const { body } = await this.client.call('POST', path, { body: { [kind]: chunk } }, this.run);
    const slots = readPresentList(readDoc(body, path)[kind], `${path}.${kind}`);
    if (slots.length !== chunk.length) throw new BrokenContract(`${path}: ${chunk.length} items sent, ${slots.length} answered`, body);
    this.size.grow();
    return slots.map((slot) => resultOf(slot, path));
  }

  private async attempt(work: () => Promise<readonly ItemResult[]>, count: number): Promise<readonly ItemResult[]> {
    const all = (result: ItemResult) => Array.from({ length: count }, () => result);
    if (this.stopped !== undefined) return all({ kind: 'unsure', why: `not sent: ${this.stopped}` });
    try {
      const results = await work();
      this.sent = true;
      return results;
    } catch (error) {
      const refused = error instanceof ChannelError && error.recovery === 'refuse' && 'diagnostics' in error;
      if (refused && count === 1) {
        this.sent = true;
        return all(refusedAs(error.diagnostics as Parameters<typeof refusedAs>[0]));
      }
      const landed = (error instanceof RetryLater && error.unsure) || error instanceof BrokenContract;
      if (error instanceof RetryLater) this.size.shrink();
      if (!landed && !this.sent) throw error;
      this.sent = true;
      const why = error instanceof ChannelError ? error.message : 'interrupted';
      if (!landed || error instanceof Throttled) this.stopped = why;
      return all({ kind: 'unsure', why });
    }
  }
}

function resultOf(slot: unknown, path: string): ItemResult {
  const doc = readDocOrEmpty(slot);
  if (doc['error'] !== undefined) return refusedAs([refusal(doc['error'])]);
  if (doc['id'] === undefined) return { kind: 'unsure', why: `${path}: an item was answered without its id` };
  return { kind: 'done', product: doc };
}

function refusedAs(diagnostics: readonly ReturnType<typeof refusal>[]): ItemResult {
  const code = readText(diagnostics[0]?.params?.['code']);
  const message = readText(diagnostics[0]?.params?.['message']);
  return ELSEWHERE.test(code) ? { kind: 'unsure', why: `${code}: ${message}` } : { kind: 'refused', diagnostics };
}
