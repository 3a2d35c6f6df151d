import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { checkFacetRules, HeadFile, verifyEvidence } from '#reconcile';
import type { Pool } from 'pg';
import { CANARIES } from '../hub-process.js';
import { CHECKS } from '../names.js';
import type { World } from '../world.js';

const ROUND_MS = 700;
const ROUNDS = 4;
/** Where secrets are kept on purpose, and folders that hold no text. */
const KEPT_APART = new Set(['cli.token', 'sandbox', 'media', 'seen', 'base', 'pg_wal', 'data']);

/** What the hub keeps: rows that obey their table, a chain that is whole, and no secret anywhere. */
export async function checkRecords(world: World): Promise<void> {
  const pool = await world.database();
  await checkRows(world, pool);
  const heads = await new HeadFile(world.hub.dataDir).heads();
  const head = heads.get(world.accountId);
  const report = await verifyEvidence(pool, world.accountId, { heads: head === undefined ? [] : [head] });
  world.tally.check(CHECKS.chain, !report.ok && `entry ${report.problem?.seq}: ${report.problem?.kind}, ${report.problem?.detail}`);
  await checkSecrets(world, pool);
}

/** The hub goes on working meanwhile: only a breach that stays is one. */
async function checkRows(world: World, pool: Pool): Promise<void> {
  let lasting: Set<string> | undefined;
  for (let round = 0; round < ROUNDS && lasting?.size !== 0; round++) {
    const now = (await checkFacetRules(pool)).map((breach) => `${breach.rule}: listing ${breach.listingId} ${breach.facet}: ${breach.detail}`);
    lasting = new Set(lasting === undefined ? now : now.filter((breach) => lasting?.has(breach)));
    if (lasting.size > 0) await pause(ROUND_MS);
  }
  world.tally.check(CHECKS.rules);
  for (const breach of lasting ?? []) world.tally.check(CHECKS.rules, breach);
}

async function checkSecrets(world: World, pool: Pool): Promise<void> {
  const canaries = Object.values(CANARIES);
  const { rows } = await pool.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  for (const { name } of rows) {
    const { rows: found } = await pool.query<{ n: number }>(`SELECT count(*)::integer AS n FROM ${name} t WHERE t::text LIKE ANY($1)`, [canaries.map((canary) => `%${canary}%`)]);
    world.tally.check(CHECKS.secrets, (found[0]?.n ?? 0) > 0 && `table ${name} holds a secret in ${found[0]?.n} rows`);
  }
  for (const file of textFiles(world.hub.dataDir)) {
    const text = readFileSync(file, 'utf8');
    world.tally.check(CHECKS.secrets, canaries.some((canary) => text.includes(canary)) && `${file} holds a secret: ${line(text, canaries)}`);
  }
  const leaks = world.door.complaints.filter((text) => canaries.some((canary) => text.includes(canary)));
  world.tally.check(CHECKS.secrets, leaks.length > 0 && `${leaks.length} answers of the hub hold a secret`);
}

function textFiles(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    if (KEPT_APART.has(name)) return [];
    const path = join(folder, name);
    const stat = statSync(path);
    if (stat.isDirectory()) return textFiles(path);
    return stat.isFile() && stat.size < 200_000_000 ? [path] : [];
  });
}

/** The line with the secret, the secret itself left out. */
function line(text: string, canaries: readonly string[]): string {
  const found = text.split('\n').find((one) => canaries.some((canary) => one.includes(canary))) ?? '';
  return canaries.reduce((shown, canary) => shown.replaceAll(canary, '…'), found).slice(0, 300);
}
