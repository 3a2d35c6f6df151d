import { setTimeout as pause } from 'node:timers/promises';
import { createPool } from '#platform';
import type { Pool } from 'pg';
import { finishedSweeps, recordedDrifts, rowsWritten } from './database-view.js';
import { DemoHub, type HubStatus } from './demo-hub.js';
import { CARD_KINDS, type CheckOptions } from './options.js';
import { SandboxView } from './sandbox-view.js';
import { judgeRun, type Verdict } from './verdict.js';

export type CheckReport = Omit<Verdict, 'wrong'> & {
  readonly channel: string;
  readonly listings: number;
  /** Kinds of damage that no card of this channel suffered, and why. */
  readonly kinds_not_suffered: Readonly<Record<string, string>>;
  readonly idle_rows_written: number;
  readonly requests: number;
  readonly seconds: { readonly start: number; readonly first_sync: number; readonly notice: number; readonly heal: number };
  readonly channel_seconds: { readonly first_sync: number; readonly notice: number; readonly heal: number };
};

export interface CheckOutcome {
  readonly reports: readonly CheckReport[];
  readonly wrong: Verdict['wrong'];
  readonly idleTables: readonly string[];
  readonly ok: boolean;
}

type Tell = (line: string) => void;

/** Of a kind that could have happened. */
const NOT_STRUCK = 'no card of this run was struck so: scramble more of them';

const LONGEST_WAIT_MS = 40 * 60_000;
/** Kinds named wrong are forgiven up to one in a hundred. */
const NAMED_SHARE = 0.99;

/** Starts the demo as a user would, scrambles cards on each of its channels, waits until the hub has healed them, and compares both sides' records. */
export async function checkDemo(options: CheckOptions, tell: Tell): Promise<CheckOutcome> {
  const started = Date.now();
  const hub = await DemoHub.start(options.cards, options.seed, options.channel);
  const pool = createPool(hub.databaseUrl(), { max: 2, applicationName: 'demo-check' });
  try {
    const first = await waitFor(hub, tell, (status) => status.listings > 0, 'the first cards');
    const accounts = first.demo?.accounts ?? [];
    const listings = options.cards * accounts.length;
    const answered = Date.now();
    const ready = await waitFor(hub, tell, (status) => status.demo?.state === 'ready' && status.in_sync === listings, 'everything in sync');
    const inSync = Date.now();
    const scrambled: Scrambled[] = [];
    for (const { account_id: accountId, channel } of accounts) {
      const sandbox = new SandboxView(ready.demo?.sandbox_url ?? '', channel);
      scrambled.push({ accountId, sandbox, ...(await scramble(sandbox, options)) });
    }
    for (const one of scrambled)
      tell(
        `${one.sandbox.market}: scrambled ${one.kinds.length} kinds; cannot suffer: ${
          Object.entries(one.notSuffered)
            .map(([kind, why]) => `${kind} (${why})`)
            .join(', ') || 'nothing of the list'
        }`,
      );
    const healed = await Promise.all(scrambled.map(async ({ sandbox }) => waitHealed(sandbox, tell).then(async () => ({ wall: Date.now(), channel: await sandbox.clock() }))));
    await sweptAgain(pool, hub, tell);
    await waitFor(hub, tell, (status) => status.in_sync === listings, 'everything in sync again');
    const judged = await Promise.all(
      scrambled.map(async (one) => {
        const drifts = await recordedDrifts(pool, one.accountId);
        const requests = (await one.sandbox.requests()) - one.requestsBefore;
        return { drifts, requests, verdict: judgeRun(await one.sandbox.injected(), drifts, await one.sandbox.ledger(one.ledgerEnd)) };
      }),
    );
    const idle = await idleRows(pool, hub, tell);
    const idleRowsWritten = [...idle.values()].reduce((sum, n) => sum + n, 0);
    const reports = scrambled.map((one, index): CheckReport => {
      const { drifts, requests, verdict } = judged[index] as (typeof judged)[number];
      const end = healed[index] as (typeof healed)[number];
      const lastNotice = Math.max(...drifts.map((drift) => drift.noticedAt), one.channelAt);
      const scale = (end.channel - one.channelAt) / Math.max(1, end.wall - one.at);
      return {
        channel: one.sandbox.market,
        listings: options.cards,
        kinds_not_suffered: one.notSuffered,
        ...withoutWrong(verdict),
        idle_rows_written: idleRowsWritten,
        requests,
        seconds: {
          start: seconds(answered - started),
          first_sync: seconds(inSync - started),
          notice: seconds((lastNotice - one.channelAt) / Math.max(scale, 0.001)),
          heal: seconds(end.wall - one.at),
        },
        channel_seconds: { first_sync: seconds((inSync - started) * scale), notice: seconds(lastNotice - one.channelAt), heal: seconds(end.channel - one.channelAt) },
      };
    });
    const wrong: Record<string, readonly string[]> = {};
    judged.forEach(({ verdict }, index) => {
      for (const [figure, cards] of Object.entries(verdict.wrong)) wrong[`${scrambled[index]?.sandbox.market ?? ''} ${figure}`] = cards;
    });
    return { reports, wrong, idleTables: [...idle].map(([name, n]) => `${name}: ${n}`), ok: reports.length > 0 && reports.every(asExpected) };
  } finally {
    await pool.end();
    await hub.stop(options.keep);
  }
}

interface Scramble {
  readonly kinds: readonly string[];
  readonly notSuffered: Readonly<Record<string, string>>;
  readonly ledgerEnd: number;
  readonly requestsBefore: number;
  readonly at: number;
  readonly channelAt: number;
}

interface Scrambled extends Scramble {
  readonly accountId: string;
  readonly sandbox: SandboxView;
}

/** Damages cards of one market, spread over every kind it can suffer. */
async function scramble(sandbox: SandboxView, options: CheckOptions): Promise<Scramble> {
  const [ledgerEnd, requestsBefore] = [await sandbox.ledgerEnd(), await sandbox.requests()];
  const { injected } = await sandbox.scramble({
    seed: options.seed,
    cards: options.scramble,
    echo_cards: options.scramble,
    ...(options.kinds === undefined ? {} : { kinds: options.kinds }),
    at_least_each: Math.min(12, Math.floor(options.scramble / (options.kinds ?? CARD_KINDS).length)),
  });
  const kinds = [...new Set(injected.map((one) => one.kind))];
  const reasons = await sandbox.notSuffered();
  const left = (options.kinds ?? CARD_KINDS).filter((kind) => !kinds.includes(kind));
  const notSuffered = Object.fromEntries(left.map((kind) => [kind, reasons[kind] ?? NOT_STRUCK]));
  return { kinds, notSuffered, ledgerEnd, requestsBefore, at: Date.now(), channelAt: await sandbox.clock() };
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
