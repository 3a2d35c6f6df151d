import { setTimeout as pause } from 'node:timers/promises';
import { createPool } from '#platform';
import type { Pool } from 'pg';
import { finishedSweeps, recordedDrifts, rowsWritten } from './database-view.js';
import { DemoHub, type HubStatus } from './demo-hub.js';
import { CARD_KINDS, type CheckOptions } from './options.js';
import { SandboxView } from './sandbox-view.js';
import { judgeRun, type Verdict } from './verdict.js';

export type CheckReport = Omit<Verdict, 'wrong'> & {
  readonly listings: number;
  readonly idle_rows_written: number;
  readonly requests: number;
  readonly seconds: { readonly start: number; readonly first_sync: number; readonly notice: number; readonly heal: number };
  readonly channel_seconds: { readonly first_sync: number; readonly notice: number; readonly heal: number };
};

export interface CheckOutcome {
  readonly report: CheckReport;
  readonly wrong: Verdict['wrong'];
  readonly idleTables: readonly string[];
  readonly ok: boolean;
}

type Tell = (line: string) => void;

const LONGEST_WAIT_MS = 40 * 60_000;
/** Kinds named wrong are forgiven up to one in a hundred. */
const NAMED_SHARE = 0.99;

/** Starts the demo as a user would, scrambles cards, waits until the hub has healed them, and compares both sides' records. */
export async function checkDemo(options: CheckOptions, tell: Tell): Promise<CheckOutcome> {
  const started = Date.now();
  const hub = await DemoHub.start(options.cards, options.seed);
  const pool = createPool(hub.databaseUrl(), { max: 2, applicationName: 'demo-check' });
  try {
    await waitFor(hub, tell, (status) => status.listings > 0, 'the first cards');
    const answered = Date.now();
    const ready = await waitFor(hub, tell, (status) => status.demo?.state === 'ready' && status.in_sync === options.cards, 'everything in sync');
    const sandbox = new SandboxView(ready.demo?.sandbox_url ?? '');
    const inSync = Date.now();
    const channelInSync = await sandbox.clock();
    const kinds = options.kinds ?? CARD_KINDS;
    const end = await sandbox.ledgerEnd();
    const requestsBefore = await sandbox.requests();
    const { injected } = await sandbox.scramble({
      seed: options.seed,
      cards: options.scramble,
      echo_cards: options.scramble,
      kinds,
      at_least_each: Math.min(12, Math.floor(options.scramble / kinds.length)),
    });
    const scrambledAt = Date.now();
    const channelScrambledAt = await sandbox.clock();
    tell(`scrambled ${injected.length} cards`);
    await waitHealed(sandbox, tell);
    const healedAt = Date.now();
    const channelHealedAt = await sandbox.clock();
    await sweptAgain(pool, hub, tell);
    await waitFor(hub, tell, (status) => status.in_sync === options.cards, 'everything in sync again');
    const drifts = await recordedDrifts(pool);
    const verdict = judgeRun(await sandbox.injected(), drifts, await sandbox.ledger(end));
    const requests = (await sandbox.requests()) - requestsBefore;
    const idle = await idleRows(pool, hub, tell);
    const lastNotice = Math.max(...drifts.map((drift) => drift.noticedAt), channelScrambledAt);
    const scale = (channelHealedAt - channelScrambledAt) / Math.max(1, healedAt - scrambledAt);
    const report: CheckReport = {
      listings: options.cards,
      ...withoutWrong(verdict),
      idle_rows_written: [...idle.values()].reduce((sum, n) => sum + n, 0),
      requests,
      seconds: {
        start: seconds(answered - started),
        first_sync: seconds(inSync - started),
        notice: seconds((lastNotice - channelScrambledAt) / Math.max(scale, 0.001)),
        heal: seconds(healedAt - scrambledAt),
      },
      channel_seconds: {
        first_sync: seconds((inSync - started) * scale),
        notice: seconds(lastNotice - channelScrambledAt),
        heal: seconds(channelHealedAt - channelScrambledAt),
      },
    };
    tell(`the marketplace's clock was ${new Date(channelInSync).toISOString()} when all was in sync`);
    return { report, wrong: verdict.wrong, idleTables: [...idle].map(([name, n]) => `${name}: ${n}`), ok: asExpected(report) };
  } finally {
    await pool.end();
    await hub.stop(options.keep);
  }
}

function asExpected(report: CheckReport): boolean {
  const { injected } = report;
  return (
    injected > 0 &&
    report.noticed === injected &&
    report.healed === injected &&
    report.stayed_right === injected &&
    report.named_right >= Math.floor(injected * NAMED_SHARE) &&
    report.false_alarms === 0 &&
    report.needless_touches === 0 &&
    report.evidence_records >= injected &&
    report.idle_rows_written === 0
  );
}

async function waitFor(hub: DemoHub, tell: Tell, done: (status: HubStatus) => boolean, what: string): Promise<HubStatus> {
  const deadline = Date.now() + LONGEST_WAIT_MS;
  let told = 0;
  for (;;) {
    const status = await hub.status();
    if (done(status)) return status;
    if (Date.now() > deadline) throw new Error(`Waited ${LONGEST_WAIT_MS / 60_000} minutes for ${what}; the last status was ${JSON.stringify(status)}`);
    if (Date.now() - told > 5_000) {
      told = Date.now();
      const { listings, in_sync, pending, drifted, failing, held, unknown, demo } = status;
      tell(
        `waiting for ${what}: made ${demo?.made ?? 0} of ${demo?.of ?? 0}, listings ${listings}, in sync ${in_sync}, pending ${pending}, drifted ${drifted}, held ${held}, failing ${failing}, unknown ${unknown}`,
      );
    }
    await pause(250);
  }
}

async function waitHealed(sandbox: SandboxView, tell: Tell): Promise<void> {
  const deadline = Date.now() + LONGEST_WAIT_MS;
  let told = 0;
  for (;;) {
    const injected = await sandbox.injected();
    const open = injected.filter((one) => !one.restored);
    if (open.length === 0) return;
    if (Date.now() > deadline) return tell(`not healed in ${LONGEST_WAIT_MS / 60_000} minutes: ${open.map((one) => `${one.offer_id} ${one.kind}`).join(', ')}`);
    if (Date.now() - told > 5_000) {
      told = Date.now();
      tell(`healed ${injected.length - open.length} of ${injected.length}`);
    }
    await pause(500);
  }
}

/** Waits for two more complete walks of every lane. */
async function sweptAgain(pool: Pool, hub: DemoHub, tell: Tell): Promise<void> {
  for (let walk = 0; walk < 2; walk++) {
    const before = await finishedSweeps(pool);
    const deadline = Date.now() + LONGEST_WAIT_MS;
    while (![...(await finishedSweeps(pool))].every(([lane, number]) => number > (before.get(lane) ?? 0))) {
      if (Date.now() > deadline) throw new Error('The sweeps do not finish.');
      await pause(250);
    }
    tell(`swept again (${walk + 1} of 2); ${(await hub.status()).in_sync} in sync`);
  }
}

/** Rows written, by table, while an unchanged account is walked once more. The counters lag a second behind. */
async function idleRows(pool: Pool, hub: DemoHub, tell: Tell): Promise<Map<string, number>> {
  await pause(3_000);
  const before = await rowsWritten(pool);
  await sweptAgain(pool, hub, tell);
  await pause(2_000);
  const after = await rowsWritten(pool);
  return new Map([...after].map(([name, n]): [string, number] => [name, n - (before.get(name) ?? 0)]).filter(([, n]) => n > 0));
}

const seconds = (ms: number) => Math.round(ms / 100) / 10;

function withoutWrong({ wrong: _wrong, ...figures }: Verdict): Omit<Verdict, 'wrong'> {
  return figures;
}
