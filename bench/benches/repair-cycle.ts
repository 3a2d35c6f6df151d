import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { destroyEmbedded } from '#platform';
import { HubDoor } from '../measure/hub-door.js';
import { startHub } from '../measure/program.js';
import { median, medianRatio, type Tell } from '../measure/rounds.js';
import { outcome, type Outcome } from '../outcome.js';
import { SandboxDoor } from '../repairing/sandbox-door.js';
import { floorOf } from '../repairing/repair-floor.js';

const GOAL = 1.5;
const MOST_CARDS = 5000;
const FEWEST_CARDS = 500;
/** 300 of 5,000. */
const SCRAMBLED_SHARE = 0.06;
/** Pace of the channel's clock while it is measured, and while cards are created and days pass. */
const SCALE = 20;
const FAST = 200;
/** A moderated repair is made once a day a card, so a round begins on another day. */
const NEXT_DAY_SECONDS = 25 * 3600;
const LONGEST_WAIT_MS = 30 * 60_000;

/** Channel seconds from the scramble to the last card restored, against what the channel's own limits and delays ask for. */
export async function benchRepairCycle(options: { cards: number; rounds: number }, tell: Tell): Promise<Outcome> {
  const cards = Math.min(MOST_CARDS, Math.max(FEWEST_CARDS, Math.floor(options.cards / 20)));
  const folder = mkdtempSync(join(tmpdir(), 'etalon-bench-'));
  try {
    const hub = await startHub(folder, { ETALON_DEMO: 'on', ETALON_DEMO_CARDS: String(cards), ETALON_DEMO_CHANNELS: 'ozon', SANDBOX_PORT: '0' });
    try {
      const door = new HubDoor(hub);
      const sandbox = await opened(door);
      await sandbox.pace(FAST);
      tell(`bringing ${cards} cards in sync`);
      await inSync(door, cards, tell);
      const healed: number[] = [];
      const floors: number[] = [];
      for (let round = 0; round < options.rounds; round++) {
        await newDay(door, sandbox, cards, tell);
        const { seconds, floor, told } = await cycle(door, sandbox, { cards, round });
        healed.push(seconds);
        floors.push(floor);
        tell(`round ${round + 1} of ${options.rounds}: ${told}`);
      }
      return outcome({ name: 'repair-cycle', value: median(healed), floor: median(floors), ratio: medianRatio(healed, floors), goal: GOAL, unit: 'channel s' });
    } finally {
      await hub.program.stop();
      await destroyEmbedded(folder);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function opened(door: HubDoor): Promise<SandboxDoor> {
  for (;;) {
    const { demo } = await door.status();
    if (demo?.sandbox_url) return new SandboxDoor(demo.sandbox_url);
    await pause(200);
  }
}

/** Another day of the channel, everything read again, nothing under way, and all buckets full. */
async function newDay(door: HubDoor, sandbox: SandboxDoor, cards: number, tell: Tell): Promise<void> {
  await sandbox.jump(NEXT_DAY_SECONDS);
  await inSync(door, cards, tell);
  await sandbox.pace(SCALE);
  // The hub reads the clock twice a second; a budget filled at the old pace would be spent at the new one.
  await pause(1_500);
  await inSync(door, cards, tell);
}

async function inSync(door: HubDoor, cards: number, tell: Tell): Promise<void> {
  const deadline = Date.now() + LONGEST_WAIT_MS;
  for (let told = Date.now(); ; await pause(250)) {
    const status = await door.status();
    if (status.demo?.state === 'ready' && status.in_sync === cards) return;
    if (Date.now() > deadline) throw new Error(`The cards do not get in sync: ${JSON.stringify(status)}`);
    if (Date.now() - told > 10_000) {
      told = Date.now();
      tell(`in sync ${status.in_sync} of ${cards}, pending ${status.pending}, drifted ${status.drifted}, held ${status.held}, failing ${status.failing}`);
    }
  }
}

async function cycle(door: HubDoor, sandbox: SandboxDoor, { cards, round }: { cards: number; round: number }): Promise<{ seconds: number; floor: number; told: string }> {
  const ledger = await sandbox.ledgerEnd();
  const injected = await sandbox.scramble(round + 1, Math.round(cards * SCRAMBLED_SHARE));
  if (injected.length === 0) throw new Error('Nothing was scrambled.');
  await door.sweepNow();
  const ids = new Set(injected.map((one) => one.id));
  const from = Math.min(...injected.map((one) => Date.parse(one.at)));
  const deadline = Date.now() + LONGEST_WAIT_MS;
  for (;;) {
    const now = (await sandbox.injected()).filter((one) => ids.has(one.id));
    const open = now.filter((one) => !one.restored);
    if (open.length === 0) {
      const seconds = (Math.max(...now.map((one) => Date.parse(one.restored_at ?? one.at))) - from) / 1000;
      const floor = floorOf({ cards, writes: await sandbox.ledger(ledger), delays: now.map((one) => one.own_delay_seconds), limits: await sandbox.limits() });
      return { seconds, floor: floor.seconds, told: `${injected.length} cards healed in ${seconds.toFixed(0)} s; ${floor.told}` };
    }
    if (Date.now() > deadline) throw new Error(`Not healed: ${open.map((one) => `${one.offer_id} ${one.kind}`).join(', ')}`);
    await pause(200);
  }
}
