import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { ClusterHome } from './cluster-home.js';
import { isAlive, startMark } from './living-process.js';

interface Claim {
  readonly pid: number;
  readonly started: string | null;
}

function readClaim(home: ClusterHome): Claim | undefined {
  if (!existsSync(home.supervisorFile)) return undefined;
  const text = readFileSync(home.supervisorFile, 'utf8');
  // A torn write of a killed process is no claim.
  if (!text.endsWith('\n')) return undefined;
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null || !('pid' in parsed) || typeof parsed.pid !== 'number') return undefined;
  return { pid: parsed.pid, started: 'started' in parsed && typeof parsed.started === 'string' ? parsed.started : null };
}

/** The process id of another living program that runs this cluster, or undefined when it is free. */
export function otherSupervisor(home: ClusterHome): number | undefined {
  const claim = readClaim(home);
  if (claim === undefined || claim.pid === process.pid || !isAlive(claim.pid)) return undefined;
  return claim.started === null || claim.started === startMark(claim.pid) ? claim.pid : undefined;
}

export function claimCluster(home: ClusterHome): void {
  writeFileSync(home.supervisorFile, `${JSON.stringify({ pid: process.pid, started: startMark(process.pid) ?? null })}\n`, { mode: 0o600 });
}

export function releaseCluster(home: ClusterHome): void {
  if (readClaim(home)?.pid === process.pid) rmSync(home.supervisorFile, { force: true });
}
