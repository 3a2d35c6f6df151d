import { type Diagnostic, BrokenContract, ChannelError, Refused, RetryLater, Throttled, readDoc, readDocOrEmpty, readPresentList, readText, type Doc } from '#kernel';
import type { PushOutcome, Run } from '#channels/contract';
import type { BatchSize } from './woocommerce.batch-size.js';
import type { SiteCall, WooClient } from './woocommerce.client.js';
import { refusal, Walled } from './woocommerce.errors.js';
import type { WallWatch } from './woocommerce.wall-watch.js';

/** Refusals that say something about where the product is, not about its values: looked at, not given up. */
const ELSEWHERE =
  /^(?:woocommerce_rest_product_invalid_id|woocommerce_rest_product_variation_invalid_id|woocommerce_rest_product_variation_invalid_parent|woocommerce_rest_invalid_product_id|product_invalid_sku|woocommerce_rest_product_not_created|woocommerce_rest_product_variation_not_created|woocommerce_rest_already_trashed)$/;

export type ItemResult = { readonly kind: 'done'; readonly product: Doc } | Exclude<PushOutcome, { kind: 'accepted' }>;

/** Thrown when nothing of a push has left yet; after that, trouble is `unsure` for what was sent and for what was not. */
export class Sending {
  /** Wall time that the site took for what was answered, ms. */
  tookMs = 0;
  private sent = false;
  private stopped: string | undefined;
  /** A wall minds something in what this push writes. */
  private minded = false;

  constructor(
    private readonly client: WooClient,
    private readonly size: BatchSize,
    private readonly wall: WallWatch,
    private readonly run: Run,
  ) {}

  /** One result for each entry, in order. The reply is 200 even when every item failed. */
  async batch(path: string, kind: 'create' | 'update', entries: readonly Doc[]): Promise<readonly ItemResult[]> {
    const results: ItemResult[] = [];
    while (results.length < entries.length) results.push(...(await this.together(path, kind, this.size.next(entries, results.length))));
    return results;
  }

  /** What is turned away as a whole goes again in halves, down to the item that is the cause. */
  private async together(path: string, kind: 'create' | 'update', chunk: readonly Doc[]): Promise<readonly ItemResult[]> {
    const half = chunk.length >> 1;
    return this.attempt(
      () => this.send(path, kind, chunk),
      chunk.length,
      async () => [...(await this.together(path, kind, chunk.slice(0, half))), ...(await this.together(path, kind, chunk.slice(half)))],
    );
  }

  /** One request for one product; a refusal is its result. */
  async one(path: string, call: SiteCall): Promise<ItemResult> {
    const [result] = await this.attempt(async () => {
      const { body, tookMs } = await this.client.call('POST', path, call, this.run);
      this.tookMs += tookMs;
      return [{ kind: 'done', product: readDoc(body, path) }];
    }, 1);
    return result ?? { kind: 'unsure', why: 'no answer' };
  }

  private async send(path: string, kind: 'create' | 'update', chunk: readonly Doc[]): Promise<readonly ItemResult[]> {
    const { body, tookMs } = await this.client.call('POST', path, { body: { [kind]: chunk }, heavy: true }, this.run);
    this.tookMs += tookMs;
    const slots = readPresentList(readDoc(body, path)[kind], `${path}.${kind}`);
    if (slots.length !== chunk.length) throw new BrokenContract(`${path}: ${chunk.length} items sent, ${slots.length} answered`, body);
    this.size.done(tookMs);
    return slots.map((slot) => resultOf(slot, path));
  }

  private async attempt(work: () => Promise<readonly ItemResult[]>, count: number, inHalves?: () => Promise<readonly ItemResult[]>): Promise<readonly ItemResult[]> {
    const all = (result: ItemResult) => Array.from({ length: count }, () => result);
    if (this.stopped !== undefined) return all({ kind: 'unsure', why: `not sent: ${this.stopped}` });
    try {
      const results = await work();
      this.sent = true;
      return results;
    } catch (error) {
      const refused = this.refusalIn(error);
      if (refused !== undefined && count > 1 && inHalves !== undefined) return inHalves();
      if (refused !== undefined) {
        this.sent = true;
        return all(refusedAs(refused));
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

  /** What is wrong with what was sent; undefined for trouble that is not about it. */
  private refusalIn(error: unknown): readonly Diagnostic[] | undefined {
    if (error instanceof Refused) return error.diagnostics;
    if (!(error instanceof Walled)) return undefined;
    this.minded ||= this.wall.turnedAway();
    if (!this.minded) return undefined;
    return [{ severity: 'error', path: '', code: 'woocommerce.turned-away', params: { message: error.message } }];
  }
}

function resultOf(slot: unknown, path: string): ItemResult {
  const doc = readDocOrEmpty(slot);
  if (doc['error'] !== undefined) return refusedAs([refusal(doc['error'])]);
  if (doc['id'] === undefined) return { kind: 'unsure', why: `${path}: an item was answered without its id` };
  return { kind: 'done', product: doc };
}

function refusedAs(diagnostics: readonly Diagnostic[]): ItemResult {
  const code = readText(diagnostics[0]?.params?.['code']);
  const message = readText(diagnostics[0]?.params?.['message']);
  return ELSEWHERE.test(code) ? { kind: 'unsure', why: `${code}: ${message}` } : { kind: 'refused', diagnostics };
}
