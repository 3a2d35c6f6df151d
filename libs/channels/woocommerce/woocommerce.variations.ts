import { type Doc, BrokenContract, Unsupported, readDoc, readId, readList } from '#kernel';
import type { Run } from '#channels/contract';
import type { SiteCall, WooClient } from './woocommerce.client.js';
import { idOf } from './woocommerce.observe.js';
import { everyPage, PAGE } from './woocommerce.pages.js';

/** More would only wait in front of the site. */
const AT_ONCE = 3;

export interface OfGroup {
  readonly variation: Doc;
  readonly group: Doc;
}

/** Reads the variations of groups: in one list for all of them where the site has it (WooCommerce 10.3 and later), else a request for each group. */
export class VariationReader {
  private together = true;

  constructor(
    private readonly client: WooClient,
    private readonly fields: string,
  ) {}

  /** Those that groups name, in the order of the groups. Throws `BrokenContract` for one that was not asked for. */
  async named(groups: readonly Doc[], run: Run): Promise<readonly OfGroup[]> {
    const wanted = groups.filter((group) => idsOf(group).length > 0);
    if (wanted.length === 0) return [];
    if (this.together) {
      try {
        return await this.readTogether(wanted, run);
      } catch (error) {
        if (!(error instanceof Unsupported)) throw error;
        this.together = false;
      }
    }
    return this.readEach(wanted, {}, run);
  }

  /** Those that went to the trash with their groups, which no longer name them. */
  trashed(groups: readonly Doc[], run: Run): Promise<readonly OfGroup[]> {
    return this.readEach(groups, { status: 'trash' }, run);
  }

  private async readEach(groups: readonly Doc[], filter: SiteCall['query'], run: Run): Promise<readonly OfGroup[]> {
    const found: OfGroup[] = [];
    for (let at = 0; at < groups.length; at += AT_ONCE) {
      const some = groups.slice(at, at + AT_ONCE);
      const lists = await Promise.all(some.map((group) => everyPage(this.client, `/products/${idOf(group)}/variations`, { ...filter, _fields: this.fields }, run)));
      some.forEach((group, n) => found.push(...(lists[n] ?? []).map((item) => ({ group, variation: readDoc(item, 'variations') }))));
    }
    return found;
  }

  private async readTogether(groups: readonly Doc[], run: Run): Promise<readonly OfGroup[]> {
    const groupOf = new Map(groups.flatMap((group) => idsOf(group).map((id) => [id, group] as const)));
    const ids = [...groupOf.keys()];
    const chunks = Array.from({ length: Math.ceil(ids.length / PAGE) }, (_, at) => ids.slice(at * PAGE, (at + 1) * PAGE));
    const found: OfGroup[] = [];
    for (const chunk of chunks) {
      const { items } = await this.client.page('/variations', { include: chunk.join(','), per_page: PAGE, _fields: this.fields }, run);
      for (const item of items) {
        const variation = readDoc(item, 'variations');
        const group = groupOf.get(idOf(variation));
        if (group === undefined) throw new BrokenContract('variations: one that was not asked for', { id: variation['id'] });
        found.push({ variation, group });
      }
    }
    return found;
  }
}

function idsOf(group: Doc): readonly string[] {
  return readList(group['variations'], 'variations').map((id) => readId(id, 'variations'));
}
