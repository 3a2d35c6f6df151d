import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { describeControl } from './control/document.js';
import { MARKETS } from './markets.js';
import { openSandbox } from './sandbox.js';

/** The control document of one market, from what it says of itself when opened on an empty folder. Throws when there is no such market. */
export async function describeMarket(id: string): Promise<object> {
  const kind = MARKETS.find((market) => market.id === id);
  if (!kind) throw new Error(`No market is called "${id}". Known: ${MARKETS.map((market) => market.id).join(', ')}.`);
  const dataDir = await mkdtemp(join(tmpdir(), 'sandbox-'));
  const sandbox = openSandbox({ dataDir, seed: '1', scale: 1, logger: pino({ level: 'silent' }), baseUrl: () => '' }, [kind]);
  try {
    const [open] = sandbox.markets;
    if (!open) throw new Error(`${id} did not open`);
    return describeControl(open.market);
  } finally {
    await sandbox.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}
