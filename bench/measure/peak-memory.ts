import { readFileSync } from 'node:fs';

/** Largest resident memory of a process since it began, bytes. Linux tells it of any process, others of this one only. */
export function peakMemory(pid: number): number {
  if (process.platform === 'linux') {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    if (kilobytes !== undefined) return Number(kilobytes) * 1024;
  }
  if (pid !== process.pid) throw new Error('The peak memory of another process is told on Linux only.');
  return process.resourceUsage().maxRSS * 1024;
}
