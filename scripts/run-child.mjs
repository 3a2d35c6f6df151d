import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { root } from './prepare.mjs';

const GRACE_MS = 20_000;

function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0;
  }
}

function isNpm(pid) {
  try {
    return /\bnpm\b/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '));
  } catch {
    return false;
  }
}

/** npm, or the shell between npm and us: when either is killed, nobody is left to stop us by Ctrl-C. */
function npmAbove() {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const parent = process.ppid;
  return isNpm(parent) ? { parent } : isNpm(parentOf(parent)) ? { parent, grandparent: parentOf(parent) } : undefined;
}

function isOrphaned(above) {
  if (process.ppid !== above.parent) return true;
  return above.grandparent !== undefined && parentOf(above.parent) !== above.grandparent;
}

/**
 * Runs a Node program as a child that ends when we do: signals are passed on, and a channel to it closes when we are killed.
 * Resolves with the exit code to end with.
 */
export function runNode(args, { env = process.env } = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
    let asked = false;
    const stop = (signal) => {
      if (!asked) setTimeout(() => child.kill('SIGKILL'), GRACE_MS).unref();
      asked = true;
      child.kill(signal);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(signal === 'SIGINT' ? 'SIGINT' : 'SIGTERM'));
    const above = npmAbove();
    if (above) setInterval(() => isOrphaned(above) && !asked && stop('SIGTERM'), 1_000).unref();
    child.once('error', (error) => {
      process.stderr.write(`${error.message}\n`);
      resolve(1);
    });
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)));
  });
}
