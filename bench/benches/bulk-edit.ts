import { createPool } from '#platform';
import { BulkEditor, bulkEditKind, JobRunner, JobStore, ProductService } from '#catalog';
import { openOwnDatabase } from '../measure/own-database.js';
import { processorClock, withProcessorTime } from '../measure/processor-time.js';
import { interleaved, median, medianRatio, type Tell } from '../measure/rounds.js';
import { outcome, type Outcome } from '../outcome.js';

const GOAL = 6;
const PRODUCTS = 10_000;
const ATTRIBUTES = 25;
const PER_WRITE = 1_000;
/** Looking costs processor time that the edit is not to blame for. */
const LOOK_MS = 50;

const sku = (place: number): string => `BULK-${String(place).padStart(6, '0')}`;

/** Seconds of a bulk edit of ten thousand products, from its start to the end of its job with every revision made, against one set-based UPDATE of the same documents. */
export async function benchBulkEdit({ rounds }: { rounds: number }, tell: Tell): Promise<Outcome> {
  const database = await openOwnDatabase();
  const pool = createPool(database.url, { max: 6, applicationName: 'etalon-bench' });
  const jobs = new JobStore(pool);
  const runner = new JobRunner({ pool, kinds: [bulkEditKind(pool)] as never, concurrency: 1 });
  try {
    await seed(new ProductService(pool));
    // The floor writes the same documents in a plain table, without revisions.
    await pool.query(`CREATE TABLE plain_product AS SELECT p.id, r.document FROM product p JOIN product_revision r ON r.product_id = p.id AND r.revision = p.revision`);
    await pool.query('ALTER TABLE plain_product ADD PRIMARY KEY (id)');
    await pool.query('VACUUM ANALYZE');
    runner.start();
    const bulk = new BulkEditor(pool);
    const clock = await processorClock(pool);
    const processor = { update: [] as number[], edit: [] as number[] };
    const timed = async (kind: keyof typeof processor, work: () => Promise<number>): Promise<number> => {
      const taken = await withProcessorTime(clock, work);
      processor[kind].push(taken.processor);
      return taken.value;
    };
    let turn = 0;
    const edit = async (): Promise<number> => {
      const request = { filter: { skuPrefix: 'BULK-' }, operations: [{ op: 'set', field: 'title', value: `Кружка керамическая, партия ${++turn}` } as const] };
      // A person looks at the preview first: it is no part of the edit.
      const { token } = await bulk.preview(request);
      return timed('edit', async () => {
        const start = Date.now();
        const id = await bulk.start(request, token, 'bench');
        for (;;) {
          const job = await jobs.get(id);
          if (job?.state === 'done') {
            if (job.counts['changed'] !== PRODUCTS) throw new Error(`The job changed ${job.counts['changed'] ?? 0} products instead of ${PRODUCTS}.`);
            return ((job.finishedAt?.getTime() ?? NaN) - start) / 1000;
          }
          if (job?.state === 'failed') throw new Error(`The job failed: ${job.failure ?? ''}`);
          await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
        }
      });
    };
    const update = (): Promise<number> =>
      timed('update', async () => {
        const start = performance.now();
        await pool.query(`UPDATE plain_product SET document = jsonb_set(document, '{title}', to_jsonb($1::text))`, [`Кружка керамическая, партия ${++turn}`]);
        return (performance.now() - start) / 1000;
      });
    tell('warming up');
    await update();
    await edit();
    processor.update.length = processor.edit.length = 0;
    const figures = await interleaved(rounds, { update, edit }, async (round) => tell(`round ${round + 1} of ${rounds}`));
    tell(`seconds by round: update ${figures.update.map((s) => s.toFixed(2)).join(' ')} | edit ${figures.edit.map((s) => s.toFixed(2)).join(' ')}`);
    tell(`processor by round: update ${processor.update.map((s) => s.toFixed(2)).join(' ')} | edit ${processor.edit.map((s) => s.toFixed(2)).join(' ')}`);
    return outcome({
      name: 'bulk-edit',
      value: median(figures.edit),
      floor: median(figures.update),
      ratio: medianRatio(figures.edit, figures.update),
      goal: GOAL,
      unit: 's',
      processor: medianRatio(processor.edit, processor.update),
    });
  } finally {
    await runner.stop();
    await pool.end();
    await database.stop();
  }
}

async function seed(products: ProductService): Promise<void> {
  for (let from = 0; from < PRODUCTS; from += PER_WRITE) {
    const items = Array.from({ length: PER_WRITE }, (_, at) => ({
      document: {
        sku: sku(from + at),
        title: 'Кружка керамическая',
        description: 'Кружка из плотной керамики для чая и кофе. '.repeat(8),
        category: 'Дом и сад / Столовая посуда / Кружка',
        attributes: Object.fromEntries(Array.from({ length: ATTRIBUTES }, (__, n) => [`Характеристика ${n}`, `Значение ${(from + at + n) % 97}`])),
        price: { minor: 49_900 + at, currency: 'RUB' },
        stock: { main: at % 50 },
      },
    }));
    await products.upsertMany(items, { author: 'bench', cause: { kind: 'demo' } });
  }
}
