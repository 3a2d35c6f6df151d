import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import { type CardGroups, groupCards } from './card-groups.js';
import { Dice } from './dice.js';
import { EditJournal, type EditedField } from './edit-journal.js';
import { fieldValue, patched, patchFor } from './field-values.js';
import { HubDoor, type HubStatus, type MasterDocument } from './hub-door.js';
import { type HubFaults, HubProcess } from './hub-process.js';
import { Marketplace } from './marketplace.js';
import type { SoakOptions } from './options.js';
import { RefusalMeter } from './refusal-meter.js';
import { Tally } from './tally.js';

/**
 * A stretch in which the marketplace did nothing unusual, by the numbers of the ledger and of the hub's drifts. No times: the hub reads
 * the channel's clock twice a second, so what it notices just after a leap still carries the time before it.
 */
export interface CalmStretch {
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly fromDrift: bigint;
  readonly toDrift: bigint;
}

export type Tell = (line: string) => void;

/** What all parts of one run share. */
export class World {
  readonly dice: Dice;
  readonly door: HubDoor;
  readonly market: Marketplace;
  readonly meter: RefusalMeter;
  readonly journal = new EditJournal();
  readonly calm: CalmStretch[] = [];
  /** Cards and facets a second program wrote. */
  readonly foreignWrites: { readonly sku: string; readonly facet: string }[] = [];
  /** A newer owner was announced: no intent recorded after this evidence entry may carry an older epoch. */
  readonly usurpations: { readonly afterSeq: string; readonly epoch: number }[] = [];
  /** Id of a scramble → the newest evidence before it: what shows that it was noticed comes after. */
  readonly scrambledAfter = new Map<number, bigint>();
  readonly originals = new Map<string, MasterDocument>();
  private groupsMade: CardGroups | undefined;
  private account: string | undefined;
  private sandboxUrl: string | undefined;

  constructor(
    readonly options: SoakOptions,
    readonly hub: HubProcess,
    readonly tally: Tally,
    readonly tell: Tell,
  ) {
    this.dice = new Dice(options.seed);
    this.door = new HubDoor(hub);
    this.market = new Marketplace(async () => {
      const now = hub.alive ? (await this.door.status())?.demo?.sandbox_url : undefined;
      this.sandboxUrl = now ?? this.sandboxUrl;
      return this.sandboxUrl;
    });
    this.meter = new RefusalMeter(this.market);
  }

  get groups(): CardGroups {
    if (!this.groupsMade) throw new Error('The cards are not grouped yet.');
    return this.groupsMade;
  }

  get accountId(): string {
    if (this.account === undefined) throw new Error('There is no account yet.');
    return this.account;
  }

  /** Once everything is there: remembers the master as it was and gives every card its fate. */
  async takeStock(status: HubStatus): Promise<void> {
    const products = await this.door.products();
    for (const product of products) this.originals.set(product.sku, product.document);
    this.groupsMade = groupCards(products, this.dice);
    this.account = status.demo?.account_id ?? undefined;
  }

  /** The faults the hub is started with from now on: sabotage, when the run is to prove that it shows. */
  async startHub(faults: HubFaults = {}): Promise<void> {
    await this.hub.start({ ...(this.options.sabotage === undefined ? {} : { sabotage: this.options.sabotage }), ...faults });
  }

  /** The hub's database, waited for while it is down. */
  async database(): Promise<Pool> {
    for (let attempt = 0; attempt < 240; attempt++) {
      const pool = this.hub.database();
      const up = await pool?.query('SELECT 1').then(
        () => true,
        () => false,
      );
      if (pool && up) return pool;
      await pause(250);
    }
    throw new Error('The hub has no database that answers.');
  }

  /** Tries one edit and writes down how it ended; answers whether it was acknowledged. */
  async edit(sku: string, field: EditedField): Promise<boolean> {
    const product = await this.door.product(sku);
    const original = this.originals.get(sku);
    if (product === undefined || original === undefined) return false;
    const mark = this.journal.nextMark(sku, field);
    const patch = patchFor(product.document, original, field, mark);
    if (patch === undefined) return false;
    const value = fieldValue(patched(product.document, patch), field) ?? '';
    const written = await this.door.patch(sku, product.revision, patch);
    this.journal.add({ sku, field, mark, value, state: written.kind });
    if (written.kind === 'acknowledged') this.tally.fired('edit');
    return written.kind === 'acknowledged';
  }

  /** Waits until something is so; answers false when it did not become so in time. */
  async until(done: () => Promise<boolean>, withinMs: number, everyMs = 150): Promise<boolean> {
    for (const deadline = Date.now() + withinMs; ; await pause(everyMs)) {
      if (await done()) return true;
      if (Date.now() > deadline) return false;
    }
  }

  async allInSync(): Promise<boolean> {
    const status = await this.door.status();
    return status !== undefined && status.listings === this.options.cards && status.in_sync === this.options.cards;
  }
}
