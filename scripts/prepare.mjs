import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, cpSync, existsSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { words } from './words.mjs';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const at = (...parts) => join(root, ...parts);

const OLDEST_NODE = [20, 11];
const JUST_NOW_MS = 5_000;
const BUILT = ['apps/hub', 'apps/sandbox', 'libs', 'bench', 'test'];
const CONSOLE = 'apps/console';
const NOT_COPIED = new Set(['.ts', '.tsx', '.mts', '.md']);

/** A failure that is told in one sentence with its remedy and ends the program. */
export class Stop extends Error {
  constructor([message, remedy]) {
    super(message);
    this.remedy = remedy;
  }
}

export function stopWith(error) {
  if (!(error instanceof Stop)) throw error;
  process.stderr.write(`${error.message}\n→ ${error.remedy}\n`);
  process.exit(1);
}

// Progress goes to standard error: programs whose last line is read by others own standard output.
const say = (text) => process.stderr.write(`${text}\n`);

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new Stop(words['old-node'](OLDEST_NODE.join('.'), process.versions.node));
}

function lockDigest() {
  return createHash('sha256')
    .update(readFileSync(at('package-lock.json')))
    .update(process.versions.modules)
    .digest('hex');
}

function isInstalled(digest) {
  const stamp = at('node_modules', '.etalon-installed');
  if (existsSync(stamp)) return readFileSync(stamp, 'utf8') === digest;
  // Somebody ran `npm ci` by hand: npm writes this list at the end of an installation.
  const list = at('node_modules', '.package-lock.json');
  return existsSync(list) && statSync(list).mtimeMs >= statSync(at('package-lock.json')).mtimeMs;
}

function install() {
  const digest = lockDigest();
  if (!isInstalled(digest)) {
    say(words.installing);
    const done = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
    if (done.status !== 0) throw new Stop(words['not-installed']());
  }
  try {
    writeFileSync(at('node_modules', '.etalon-installed'), digest);
  } catch (error) {
    if (error.code !== 'EACCES' && error.code !== 'EROFS') throw error;
  }
}

function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name === 'dist' ? [] : filesUnder(path);
    return [path];
  });
}

const isSpec = (file) => /\.spec\.tsx?$/.test(file);

function digestOf(folders, single) {
  const hash = createHash('sha256').update(process.versions.modules);
  const files = [...folders.flatMap((folder) => filesUnder(at(folder))), ...single.map((file) => at(file))].filter((file) => !isSpec(file) && existsSync(file));
  for (const file of files.sort()) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${relative(root, file)}|${size}|${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function node(args, part) {
  const done = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (done.status !== 0) throw new Stop(words['not-built'](part));
}

function copyAssets() {
  for (const folder of BUILT) {
    for (const file of filesUnder(at(folder))) {
      if (NOT_COPIED.has(extname(file))) continue;
      const target = at('dist', relative(root, file));
      mkdirSync(dirname(target), { recursive: true });
      cpSync(file, target);
    }
  }
}

/** What was deleted or renamed in the sources must not live on in the build. */
function pruneBuild() {
  for (const folder of BUILT) {
    for (const file of filesUnder(at('dist', folder))) {
      const source = file.replace(`${sep}dist${sep}`, sep).replace(/\.js(\.map)?$/, '.ts');
      if (!existsSync(source) && !existsSync(file.replace(`${sep}dist${sep}`, sep).replace(/\.map$/, ''))) rmSync(file);
    }
  }
}

function buildIfStale(name, digest, build) {
  const stamp = at('dist', `.${name}.stamp`);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  say(words.building(name));
  rmSync(stamp, { force: true });
  build();
  mkdirSync(at('dist'), { recursive: true });
  writeFileSync(stamp, digest);
}

function build() {
  buildIfStale('server', digestOf(BUILT, ['tsconfig.json', 'tsconfig.build.json', 'package.json', 'package-lock.json']), () => {
    if (!existsSync(at('dist', 'libs'))) rmSync(at('dist', '.tsbuildinfo'), { force: true });
    node([at('node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json'], 'server');
    copyAssets();
    pruneBuild();
  });
  if (!existsSync(at(CONSOLE, 'vite.config.ts')) && !existsSync(at(CONSOLE, 'index.html'))) return;
  buildIfStale('console', digestOf([CONSOLE], ['package-lock.json']), () => {
    node([at('node_modules', 'vite', 'bin', 'vite.js'), 'build', CONSOLE, '--outDir', at('dist', 'console'), '--emptyOutDir', '--logLevel', 'warn'], 'console');
  });
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** A lock without its owner's number (the disk was full, or it was killed at once) is nobody's. */
function take(lock) {
  const handle = openSync(lock, 'wx');
  try {
    writeSync(handle, String(process.pid));
  } catch (error) {
    rmSync(lock, { force: true });
    throw error;
  } finally {
    closeSync(handle);
  }
}

/** The process that holds the lock, 0 while it is just being taken, undefined when nobody does. */
function ownerOf(lock) {
  try {
    const owner = Number(readFileSync(lock, 'utf8'));
    if (owner > 0) return owner;
    return Date.now() - statSync(lock).mtimeMs < JUST_NOW_MS ? 0 : undefined;
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Two programs started together must not install or build over each other. */
async function alone(work) {
  mkdirSync(at('.cache'), { recursive: true });
  const lock = at('.cache', 'prepare.lock');
  let told = false;
  for (;;) {
    try {
      take(lock);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const owner = ownerOf(lock);
      if (owner === undefined || (owner > 0 && !isAlive(owner))) {
        rmSync(lock, { force: true });
        continue;
      }
      if (!told && owner > 0) say(words.waiting(owner, lock));
      told ||= owner > 0;
      await pause(200);
    }
  }
  try {
    return work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function asStop(error) {
  if (error instanceof Stop) return error;
  if (error.code === 'ENOSPC') return new Stop(words['disk-full'](root));
  if (error.code === 'EACCES' || error.code === 'EROFS' || error.code === 'EPERM') return new Stop(words['no-right'](error.path ?? root));
  return error;
}

/** Makes sure that packages are installed and the build is as new as the sources; does nothing when they are. */
export async function prepare({ built = true } = {}) {
  try {
    checkNode();
    await alone(() => {
      install();
      if (built) build();
    });
  } catch (error) {
    throw asStop(error);
  }
}
