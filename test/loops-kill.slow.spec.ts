import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KILL_POINTS } from '#reconcile';
import { AccountWorld } from './account-world.js';

const CHILD = join(process.cwd(), 'dist', 'test', 'loops-child.js');
const CARDS = 24;
const built = existsSync(CHILD);
if (!built) process.stderr.write(`skipped: ${CHILD} is not built (npm run build)\n`);

(built ? describe : describe.skip)('a process that dies between two steps of a push', () => {
  let world: AccountWorld;
  let skus: string[] = [];
  let cards = CARDS;
  beforeAll(async () => {
    world = await AccountWorld.open({ products: CARDS });
    await world.untilInSync(CARDS);
    skus = await world.skus();
    await world.stop();
  }, 120_000);
  afterAll(() => world.close());

  it.each(KILL_POINTS)(
    '%s: its successor loses no edit, makes nothing twice',
    async (point) => {
      const from = await world.ledgerEnd();
      const edited = skus.slice(0, 6);
      for (const sku of edited) await world.edit(sku, { title: `Правка ${point} ${sku}` });
      const template = (await world.products.read.get(skus[10] ?? ''))?.document;
      if (!template) throw new Error('no template');
      const created = [`NEW-${point}-1`, `NEW-${point}-2`];
      for (const sku of created) await world.products.create({ ...template, sku, barcodes: [] }, { author: 'test', cause: { kind: 'person' } });
      cards += created.length;

      expect(await died(world, point)).toBe('SIGKILL');
      const next = await world.successor({ quiet: true });
      await next.until(async () => (await next.counts())['in_sync'] === cards, `the end of ${point}`, 150);
      const entries = await world.ledger(from, 'A');
      const content = entries.filter((entry) => entry.method === '/v1/product/attributes/update' || entry.method === '/v3/product/import');
      expect(content.map((entry) => entry.offer_id).sort()).toEqual([...edited, ...created].sort());
      for (const sku of edited) expect(JSON.stringify((await world.card(sku)).facets.title.value)).toContain(`Правка ${point}`);
      expect(await world.drifts()).toEqual([]);
      expect(await world.breaches()).toEqual([]);
      await next.stop();
    },
    60_000,
  );
});

function died(world: AccountWorld, point: string): Promise<NodeJS.Signals | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD, JSON.stringify(world.place), point], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, NODE_OPTIONS: '' } });
    child.once('error', reject);
    child.once('exit', (_code, signal) => resolve(signal));
  });
}
