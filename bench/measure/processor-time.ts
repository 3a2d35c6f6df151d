import { readdirSync, readFileSync } from 'node:fs';
import type { Pool } from 'pg';

const TICKS_PER_SECOND = 100;

interface Process {
  readonly parent: number;
  readonly own: number;
  readonly ofEnded: number;
}

/** Undefined when the process has ended. Times in ticks. */
function look(pid: number): Process | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The name before the last bracket may hold anything.
  const [, parent, ...rest] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = rest.slice(9, 13);
  return { parent: parent ?? 0, own: user + system, ofEnded: endedUser + endedSystem };
}

/**
 * Answers seconds of processor time used so far by this process and the whole server behind the pool: what other processes take from the machine does
 * not count. Linux only; elsewhere, or with a server on another machine, undefined.
 */
export async function processorClock(pool: Pool): Promise<(() => number) | undefined> {
  if (process.platform !== 'linux') return undefined;
  const { rows } = await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const server = look(rows[0]?.pid ?? 0)?.parent ?? 0;
  if (server <= 1) return undefined;
  return () => {
    const { user, system } = process.cpuUsage();
    const master = look(server);
    let ticks = (master?.own ?? 0) + (master?.ofEnded ?? 0);
    for (const name of readdirSync('/proc')) {
      const one = /^\d+$/.test(name) ? look(Number(name)) : undefined;
      if (one?.parent === server) ticks += one.own;
    }
    return (user + system) / 1e6 + ticks / TICKS_PER_SECOND;
  };
}

/** Runs `work` and answers what it answers with the processor time it took; NaN where that cannot be told. */
export async function withProcessorTime<T>(clock: (() => number) | undefined, work: () => Promise<T>): Promise<{ readonly value: T; readonly processor: number }> {
  const before = clock?.() ?? NaN;
  const value = await work();
  return { value, processor: (clock?.() ?? NaN) - before };
}
