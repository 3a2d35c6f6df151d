import { BrokenContract, Unsupported, readDoc, readKey, readPresentList, readText } from '#kernel';
import type { ChannelPorts, Run } from '#channels/contract';
import type { WildberriesClient } from './wildberries.client.js';
import { type Draft, readDrafts } from './wildberries.drafts.js';
import { isSwitchedOff } from './wildberries.errors.js';
import { Kept } from './wildberries.kept.js';
import { SCOPE } from './wildberries.token.js';

/**
 * What no card tells about itself and only account-wide lists do. undefined: that list cannot be read (with this token, or since the
 * API changed), so nothing is known. Cards are named by nmID, drafts by article.
 */
export interface Reports {
  readonly quarantined: ReadonlySet<string> | undefined;
  readonly drafts: ReadonlyMap<string, Draft> | undefined;
  readonly blocked: ReadonlyMap<string, string> | undefined;
  readonly shadowed: ReadonlySet<string> | undefined;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const PAGE = 1000;
/** How often the whole list of failed drafts is read; in between, only what is new in it. */
const WHOLE_MS = 30 * MINUTE_MS;

/** The four lists, each read no more often than it can change or its own limit bears. */
export class ReportReader {
  private readonly quarantine: Kept<ReadonlySet<string> | undefined>;
  private readonly failed: Kept<ReadonlyMap<string, Draft> | undefined>;
  private readonly bans: Kept<ReadonlyMap<string, string> | undefined>;
  private readonly shadows: Kept<ReadonlySet<string> | undefined>;
  private known: ReadonlyMap<string, Draft> = new Map();
  private wholeAt: number | undefined;

  constructor(
    private readonly client: WildberriesClient,
    private readonly ports: Pick<ChannelPorts, 'clock' | 'onBrokenContract'>,
  ) {
    const { clock } = ports;
    // A Base token may ask once an hour, which is no look at all; others need the scope.
    const permitted = client.token.type !== 'base' && client.token.scopes.has(SCOPE.analytics);
    const analytics = async <T>(read: () => Promise<T>) => (permitted ? this.tolerant(read) : undefined);
    this.quarantine = new Kept(clock, MINUTE_MS, (run) => this.tolerant(() => readQuarantine(client, run)));
    this.failed = new Kept(clock, MINUTE_MS, (run) => this.tolerant(() => this.readFailed(run)));
    this.bans = new Kept(clock, MINUTE_MS, (run) => analytics(() => readBlocked(client, run)));
    // Its data is renewed hourly.
    this.shadows = new Kept(clock, 5 * MINUTE_MS, (run) => analytics(() => readShadowed(client, clock.now(), run)));
  }

  /** A list that changed or went away leaves the status open and is told; prices and stock are read on. */
  private async tolerant<T>(read: () => Promise<T>): Promise<T | undefined> {
    try {
      return await read();
    } catch (error) {
      if (error instanceof BrokenContract) this.ports.onBrokenContract(error);
      else if (!(error instanceof Unsupported)) throw error;
      else if (isSwitchedOff(error)) this.ports.onBrokenContract(new BrokenContract(error.message));
      return undefined;
    }
  }

  /** New failures come first in the list; that an old one is gone shows only in the whole of it, which may be long and comes slowly. */
  private async readFailed(run: Run): Promise<ReadonlyMap<string, Draft>> {
    const at = this.ports.clock.now();
    const known = this.wholeAt !== undefined && at - this.wholeAt < WHOLE_MS ? this.known : undefined;
    const newest = known === undefined ? 0 : Math.max(0, ...[...known.values()].map((draft) => draft.at));
    this.known = new Map([...(known ?? []), ...(await readDrafts(this.client, run, newest))]);
    if (known === undefined) this.wholeAt = at;
    return this.known;
  }

  async read(run: Run): Promise<Reports> {
    return {
      quarantined: await this.quarantine.get(run),
      drafts: await this.failed.get(run),
      blocked: await this.bans.get(run),
      shadowed: await this.shadows.get(run),
    };
  }
}

async function readQuarantine(client: WildberriesClient, run: Run): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (let offset = 0; ;) {
    const { body } = await client.call('quarantine', { query: { limit: PAGE, offset } }, run);
    const goods = readPresentList(readDoc(readDoc(body, 'quarantine')['data'], 'quarantine.data')['quarantineGoods'], 'quarantine.goods');
    if (goods.length === 0) return ids;
    for (const one of goods) ids.add(readKey(readDoc(one, 'quarantine.goods')['nmID'], 'quarantine.nmID'));
    offset += goods.length;
  }
}

async function readBlocked(client: WildberriesClient, run: Run): Promise<ReadonlyMap<string, string>> {
  const { body } = await client.call('blocked', { query: { sort: 'nmId', order: 'asc' } }, run);
  // For a while the list came bare, without its envelope.
  const rows = Array.isArray(body) ? (body as readonly unknown[]) : readPresentList(readDoc(body, 'blocked')['report'], 'blocked.report');
  return new Map(
    rows.map((value) => {
      const row = readDoc(value, 'blocked.report');
      return [readKey(row['nmId'], 'blocked.nmId'), readText(row['reason'])];
    }),
  );
}

async function readShadowed(client: WildberriesClient, now: number, run: Run): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  const day = (back: number) => new Date(now - back * DAY_MS).toISOString().slice(0, 10);
  for (let offset = 0; ;) {
    const body = {
      currentPeriod: { start: day(7), end: day(1) },
      onlyShadowedNms: true,
      isNotIncludeNmsWithoutSales: false,
      orderBy: { field: 'feedbackCount', mode: 'desc' },
      limit: PAGE,
      offset,
    };
    const answer = await client.call('rating', { body }, run);
    const items = readPresentList(readDoc(readDoc(answer.body, 'rating')['data'], 'rating.data')['items'], 'rating.items').map((value) => readDoc(value, 'rating.items'));
    for (const item of items) {
      const { isShadowed } = item;
      if (typeof isShadowed !== 'boolean') throw new BrokenContract('rating.isShadowed: expected true or false', item);
      if (isShadowed) ids.add(readKey(item['nmId'], 'rating.nmId'));
    }
    if (items.length < PAGE) return ids;
    offset += items.length;
  }
}
