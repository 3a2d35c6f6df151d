import type { Clock } from '#kernel';
import type { Run } from '#channels/contract';
import { CategoryTree, readCategories } from './woocommerce.categories.js';
import type { WooClient } from './woocommerce.client.js';
import type { Shop } from './woocommerce.observe.js';
import { readSettings, type ShopSettings } from './woocommerce.settings.js';

const SETTINGS_MS = 3_600_000;
const TREE_MS = 300_000;

/** Settings and categories of the shop, asked for again only when they are old (account clock) or turn out to lack something. */
export class ShopReader {
  private settings: { readonly at: number; readonly value: ShopSettings } | undefined;
  private tree: { readonly at: number; readonly value: CategoryTree } | undefined;

  constructor(
    private readonly client: WooClient,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** The shop as products with these categories need it. */
  async shopFor(categoryIds: readonly string[], run: Run): Promise<Shop> {
    const settings = await this.readSettings(run);
    const tree = await this.readTree(run);
    // A category made since: read once more; one that is still not there was removed while we looked.
    if (categoryIds.every((id) => tree.has(id))) return { settings, tree };
    this.forgetTree();
    return { settings, tree: await this.readTree(run) };
  }

  forgetTree(): void {
    this.tree = undefined;
  }

  async readTree(run: Run): Promise<CategoryTree> {
    if (this.tree === undefined || this.clock.now() - this.tree.at >= TREE_MS) {
      this.tree = { at: this.clock.now(), value: new CategoryTree(await readCategories(this.client, run)) };
    }
    return this.tree.value;
  }

  private async readSettings(run: Run): Promise<ShopSettings> {
    if (this.settings === undefined || this.clock.now() - this.settings.at >= SETTINGS_MS) {
      this.settings = { at: this.clock.now(), value: await readSettings(this.client, run) };
    }
    return this.settings.value;
  }
}
