import type { PoolClient } from 'pg';
import type { KnownChannels } from '../document/known-channels.js';
import type { ProductDocument } from '../document/product-document.js';
import { MAX_SKU } from '../document/value-checks.js';
import { issueOf, type ValidationIssue } from '../faults/validation-issue.js';
import type { ImportSource, RowChange, SourceRow } from '../formats/source.js';
import type { FieldChange, ImportCounts, ImportMode } from './import-request.js';
import { fieldChanges, judgeRow, pieces } from './judge-row.js';
import { lookUpDocuments, lookUpExternal, lookUpProducts, lookUpStaged, type Staged, type Standing } from './look-up.js';
import { pictureList } from '../media/fetched/give-pictures.js';
import { eachInTurns } from '../write/in-turns.js';
import type { PicturePort } from './picture-port.js';
import { refusingDoubts } from './refusing-doubts.js';
import type { NoteOutcome, RowNote } from './row-notes.js';
import { rowPrint, rowSource } from './row-print.js';
import { claimKeys, type StagedRow } from './stage-rows.js';

export interface BatchContext {
  readonly client: PoolClient;
  readonly jobId: string;
  /** Of the file. */
  readonly name: string;
  readonly mode: ImportMode;
  readonly source: Pick<ImportSource, 'signature' | 'connected' | 'ownIds' | 'pictureFile'>;
  /** False when the staged rows were lost: what this job wrote before counts as what it did. */
  readonly trustPrints: boolean;
  readonly pictures: PicturePort | undefined;
  readonly channels: KnownChannels | undefined;
  /** How many field changes to keep for showing. */
  readonly samples: number;
  /** Takes the products as the rows want them: stages them, or writes them at once. */
  readonly keep: (rows: readonly StagedRow[]) => Promise<void>;
}

export interface BatchOutcome {
  readonly counts: ImportCounts;
  readonly notes: readonly RowNote[];
  readonly emptied: number;
  readonly archived: number;
  readonly sample: readonly FieldChange[];
}

/** A row that names a product and whose product has to be looked at. */
interface Candidate {
  readonly row: SourceRow;
  readonly sku: string;
  readonly externalId: string | undefined;
  readonly source: string;
  readonly print: string;
}

/** Reads, checks and compares some rows of one part, and hands on what they change. */
export async function takeBatch(context: BatchContext, rows: readonly SourceRow[]): Promise<BatchOutcome> {
  return new Batch(context).take(rows);
}

class Batch {
  private readonly counts = { rows: 0, created: 0, updated: 0, unchanged: 0, failed: 0, skipped: 0 };
  private readonly notes: RowNote[] = [];
  private readonly staged: StagedRow[] = [];
  private readonly sample: FieldChange[] = [];
  private readonly sources = new Map<string, string>();
  private emptied = 0;
  private archived = 0;

  constructor(private readonly context: BatchContext) {}

  async take(rows: readonly SourceRow[]): Promise<BatchOutcome> {
    this.counts.rows = rows.length;
    const candidates = await this.firstOnes(await this.named(rows.filter((row) => this.isWhole(row))));
    const { client, jobId, source, trustPrints } = this.context;
    const standing = await lookUpProducts(client, candidates, trustPrints);
    const skus = candidates.map((candidate) => candidate.sku);
    const staged = source.connected ? await lookUpStaged(client, jobId, skus) : new Map<string, Staged>();
    const silent = [...staged.values()].filter((one) => one.document === null && standing.get(one.sku)?.document === null).map((one) => one.sku);
    const documents = silent.length > 0 ? await lookUpDocuments(client, silent) : new Map<string, ProductDocument>();
    const changes: { candidate: Candidate; change: RowChange; current: ProductDocument | undefined }[] = [];
    await eachInTurns(candidates, (candidate) => {
      const product = standing.get(candidate.sku);
      const earlier = staged.get(candidate.sku);
      if (this.isOutside(candidate, product, earlier)) return;
      if (product?.document === null && !earlier) {
        this.counts.unchanged++;
        return;
      }
      const current = earlier?.document ?? product?.document ?? documents.get(candidate.sku);
      changes.push({ candidate, current, change: candidate.row.change(current) });
    });
    const known = await this.knownPictures(changes.map(({ change }) => change));
    await eachInTurns(changes, ({ candidate, change, current }) => this.judge(candidate, standing.get(candidate.sku), staged.get(candidate.sku), current, change, known));
    if (this.staged.length > 0) await this.context.keep(this.staged);
    return { counts: this.counts, notes: this.notes, emptied: this.emptied, archived: this.archived, sample: this.sample };
  }

  private isWhole(row: SourceRow): boolean {
    if (row.skipped) this.refuse('skipped', row, row.sku, row.skipped);
    else if (row.faults && row.faults.length > 0) this.refuse('failed', row, row.sku, ...row.faults);
    else return true;
    return false;
  }

  /** Finds the sku of rows that name their product by the id of another system. */
  private async named(rows: readonly SourceRow[]): Promise<Candidate[]> {
    const ids = rows.flatMap(({ externalId }) => (externalId ? [`${externalId.system}:${externalId.id}`] : []));
    const found = ids.length > 0 ? await lookUpExternal(this.context.client, this.context.jobId, [...new Set(ids)]) : new Map<string, string>();
    return rows.flatMap((row): Candidate[] => {
      const externalId = row.externalId && `${row.externalId.system}:${row.externalId.id}`;
      const known = externalId === undefined ? undefined : found.get(externalId);
      const sku = known ?? row.sku;
      if (sku === undefined && row.unlessKnown) {
        this.refuse('skipped', row, undefined, row.unlessKnown);
        return [];
      }
      if (sku === undefined || sku.length > MAX_SKU) {
        this.refuse('failed', row, undefined, externalId === undefined ? issueOf('sku', row.sku, 'sku') : issueOf('externalIds', externalId, 'import-external-unknown'));
        return [];
      }
      if (known !== undefined && row.sku !== undefined && row.sku !== known) this.note('warning', row, known, issueOf('sku', row.sku, 'import-external-sku', { sku: known }));
      return [{ row, sku, externalId, source: this.sourceOf(row.part ?? ''), print: rowPrint(row.says) }];
    });
  }

  private async firstOnes(candidates: readonly Candidate[]): Promise<Candidate[]> {
    const { client, jobId } = this.context;
    const keys = candidates.map(({ row, sku }) => ({ sku, part: row.part ?? '', place: row.place }));
    const repeats = await claimKeys(client, jobId, keys);
    if (repeats.size === 0) return [...candidates];
    return candidates.filter(({ row, sku }, i) => {
      const place = repeats.get(i);
      if (place !== undefined) this.refuse('skipped', row, sku, issueOf('sku', sku, 'import-repeated', { place }));
      return place === undefined;
    });
  }

  /** Rows that the mode passes over. */
  private isOutside({ row, sku }: Candidate, product: Standing | undefined, earlier: Staged | undefined): boolean {
    const { mode, jobId } = this.context;
    if (mode === 'create' && product && product.job !== jobId) this.refuse('skipped', row, sku, issueOf('sku', sku, 'import-exists'));
    else if (mode === 'update' && !product && !earlier) this.refuse('skipped', row, sku, issueOf('sku', sku, 'import-missing'));
    else if (row.unlessKnown && !product && !earlier) this.refuse('skipped', row, sku, row.unlessKnown);
    else return false;
    return true;
  }

  private async knownPictures(changes: readonly RowChange[]): Promise<ReadonlyMap<string, string>> {
    const addresses = [...new Set(changes.flatMap((change) => change.pictures ?? []))];
    const { client, pictures, source } = this.context;
    return addresses.length > 0 && pictures ? pictures.known(client, addresses, (name) => source.pictureFile?.(name)) : new Map();
  }

  private judge(
    { row, sku, externalId, source, print }: Candidate,
    product: Standing | undefined,
    earlier: Staged | undefined,
    current: ProductDocument | undefined,
    change: RowChange,
    known: ReadonlyMap<string, string>,
  ): void {
    const refusing = refusingDoubts(change.warnings);
    if (refusing.length > 0) return this.refuse('failed', row, sku, ...refusing);
    const addresses = change.pictures ?? [];
    const digests = addresses.flatMap((address) => known.get(address) ?? []);
    const whole = addresses.length > 0 && digests.length === addresses.length;
    const media = whole ? { media: pictureList([...new Set(digests)], current?.media ?? []) } : {};
    const judged = judgeRow(sku, current, { ...change, patch: { ...change.patch, ...media } }, this.context.channels);
    if ('issues' in judged) return this.refuse('failed', row, sku, ...judged.issues);
    for (const warning of change.warnings) this.note('warning', row, sku, warning);
    this.lookForNamesake(row, sku, product, current, judged.document);
    if (addresses.length > 0 && !this.context.pictures) this.note('warning', row, sku, issueOf('media', addresses[0], 'import-no-pictures'));
    const { document, spelled } = judged;
    const same = spelled.digest === (earlier?.digest ?? product?.digest);
    const outcome = same ? this.outcomeOfSame(product, earlier) : (product ?? earlier) ? 'updated' : 'created';
    this.counts[outcome]++;
    if (!same) {
      if (pieces(current) > 0 && pieces(document) === 0) this.emptied++;
      if (current && !current.archived && document.archived) this.archived++;
      if (this.sample.length < this.context.samples) this.sample.push(...fieldChanges(sku, row.place, current, document));
    }
    this.staged.push({
      sku,
      position: row.position,
      place: row.place,
      standing: product && { sku, id: product.id, revision: product.revision, digest: product.digest },
      document: same ? undefined : document,
      spelled,
      title: document.title,
      category: document.category,
      model: document.model?.code,
      archived: document.archived,
      barcodes: document.barcodes,
      pictures: whole || !this.context.pictures || addresses.length === 0 ? undefined : addresses,
      externalId,
      outcome,
      source,
      print,
    });
  }

  /** Another feed gave this id to a product of another name: perhaps the two are not the same thing. */
  private lookForNamesake(row: SourceRow, sku: string, product: Standing | undefined, current: ProductDocument | undefined, { title }: ProductDocument): void {
    const { source, name } = this.context;
    const file = product?.file;
    if (!source.ownIds || !file || file === name || !current || current.title === title) return;
    this.note('warning', row, sku, issueOf('sku', sku, 'feed-shared-id', { file, before: current.title.slice(0, 100), after: title.slice(0, 100) }));
  }

  /** What this job wrote before the staged rows were lost is still its work. */
  private outcomeOfSame(product: Standing | undefined, earlier: Staged | undefined): 'created' | 'updated' | 'unchanged' {
    if (this.context.trustPrints || earlier || product?.job !== this.context.jobId) return 'unchanged';
    return product.revision === 1 ? 'created' : 'updated';
  }

  private sourceOf(part: string): string {
    const known = this.sources.get(part);
    if (known !== undefined) return known;
    const made = rowSource(part, this.context.source.signature);
    this.sources.set(part, made);
    return made;
  }

  private refuse(outcome: 'failed' | 'skipped', row: SourceRow, sku: string | undefined, ...issues: readonly ValidationIssue[]): void {
    this.counts[outcome]++;
    for (const issue of issues) this.note(outcome, row, sku, issue);
  }

  private note(outcome: NoteOutcome, { position, place }: SourceRow, sku: string | undefined, issue: ValidationIssue): void {
    this.notes.push({ row: position, place, ...(sku !== undefined && { sku }), outcome, issue });
  }
}
