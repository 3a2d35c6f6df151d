import { createHash } from 'node:crypto';
import { canonicalJson } from '../canonical-json.js';
import { ChainCheck, type ChainProblem } from '../chain-check.js';
import { type ChainLink, genesisOf, linkHash, sha256 } from '../chain-link.js';
import type { KeptHead } from '../verify-evidence.js';
import { PACK_FORMAT, SUMS_FILE } from './export-pack.js';
import { zipEntries, ZipUnreadable } from './zip-entries.js';

export type PackFault =
  ChainProblem | { readonly kind: 'unreadable' | 'file-changed' | 'file-missing' | 'file-added' | 'not-a-pack'; readonly detail: string; readonly file?: string };

export interface PackReport {
  readonly ok: boolean;
  readonly files: number;
  /** Links that were checked, and how many of them with their body. */
  readonly links: number;
  readonly bodies: number;
  /** Whether the links reach the head without a gap. */
  readonly connected: boolean;
  readonly accountId?: string;
  /** Give it to `verifyEvidence` to see whether the hub's chain still contains what the pack saw. */
  readonly head?: KeptHead;
  readonly problem?: PackFault;
}

type PackedLink = ChainLink & { readonly body?: unknown };

interface PackDocument {
  readonly genesis: string;
  readonly account: { readonly id: string };
  readonly head: KeptHead | null;
  readonly connected: boolean;
  readonly links: readonly PackedLink[];
}

const LINK_TEXTS = ['accountId', 'seq', 'at', 'recordedAt', 'kind', 'digest', 'previous', 'hash'] as const;
const LINK_OPTIONAL = ['listingId', 'driftId', 'intentId', 'facet'] as const;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isLink(value: unknown): value is PackedLink {
  return (
    isObject(value) &&
    LINK_TEXTS.every((name) => typeof value[name] === 'string') &&
    LINK_OPTIONAL.every((name) => value[name] === null || typeof value[name] === 'string') &&
    /^\d{1,19}$/.test(String(value['seq']))
  );
}

function isPack(value: unknown): value is PackDocument {
  if (!isObject(value) || value['format'] !== PACK_FORMAT || typeof value['genesis'] !== 'string' || typeof value['connected'] !== 'boolean') return false;
  const { account, head, links } = value;
  const isHead = head === null || (isObject(head) && typeof head['seq'] === 'string' && typeof head['hash'] === 'string');
  return isObject(account) && typeof account['id'] === 'string' && isHead && Array.isArray(links) && links.every(isLink);
}

function parsePack(bytes: Buffer | undefined): PackDocument | undefined {
  try {
    const parsed: unknown = JSON.parse(bytes?.toString('utf8') ?? '');
    return isPack(parsed) ? parsed : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Every file against its sum, and no file without one. */
function sumsProblem(files: ReadonlyMap<string, Buffer>): PackFault | undefined {
  const listed = new Set<string>([SUMS_FILE]);
  for (const line of (files.get(SUMS_FILE)?.toString('utf8') ?? '').split('\n').slice(0, -1)) {
    const [, sum, name] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (sum === undefined || name === undefined) return { kind: 'file-changed', file: SUMS_FILE, detail: 'a line of the sums cannot be read' };
    const bytes = files.get(name);
    if (bytes === undefined) return { kind: 'file-missing', file: name, detail: `${name} is not in the pack` };
    if (createHash('sha256').update(bytes).digest('hex') !== sum) return { kind: 'file-changed', file: name, detail: `${name} does not give its sum` };
    listed.add(name);
  }
  const added = [...files.keys()].find((name) => !listed.has(name));
  return added === undefined ? undefined : { kind: 'file-added', file: added, detail: `${added} has no sum` };
}

function bodyText(link: PackedLink): string | null {
  return link.body === undefined ? null : canonicalJson(link.body);
}

/** Links that do not reach each other: each must still give its own hash and its body its digest, in rising order. */
function looseProblem(links: readonly PackedLink[]): ChainProblem | undefined {
  let before = 0n;
  for (const link of links) {
    if (BigInt(link.seq) <= before) return { seq: link.seq, kind: 'reordered', detail: `entry ${link.seq} stands after ${before}` };
    before = BigInt(link.seq);
    if (linkHash(link) !== link.hash) return { seq: link.seq, kind: 'changed', detail: 'its fields do not give its hash' };
    const body = bodyText(link);
    if (body !== null && sha256(body) !== link.digest) return { seq: link.seq, kind: 'body-changed', detail: 'its body does not give its digest' };
  }
  return undefined;
}

function chainProblem(pack: PackDocument): PackFault | undefined {
  const { account, genesis, head, links } = pack;
  if (genesis !== genesisOf(account.id)) return { kind: 'not-a-pack', detail: 'the genesis is not that of the account' };
  const foreign = links.find((link) => link.accountId !== account.id);
  if (foreign !== undefined) return { seq: foreign.seq, kind: 'changed', detail: 'it belongs to another account' };
  if (!pack.connected) return looseProblem(links);
  const first = links[0];
  if (first === undefined) return head === null ? undefined : { seq: head.seq, kind: 'truncated', detail: 'the pack has a head and no entries' };
  const start = (BigInt(first.seq) - 1n).toString();
  const check = new ChainCheck(start, start === '0' ? genesis : first.previous);
  for (const link of links) {
    const problem = check.next(link, bodyText(link));
    if (problem !== undefined) return problem;
  }
  if (head === null || check.last.seq !== head.seq)
    return { seq: check.last.seq, kind: 'truncated', detail: `the entries end at ${check.last.seq}, the head is ${head?.seq ?? 'not there'}` };
  return check.last.hash === head.hash ? undefined : { seq: head.seq, kind: 'head-mismatch', detail: 'the last entry has another hash than the head' };
}

/**
 * Checks a pack without the hub: its files against their sums, its entries against their hashes and each other. It cannot tell a pack
 * that was made anew as a whole: for that, give `head` to `verifyEvidence`, or compare it with a head noted earlier.
 */
export function verifyPack(zip: Buffer): PackReport {
  const nothing = { ok: false, files: 0, links: 0, bodies: 0, connected: false };
  let files: ReadonlyMap<string, Buffer>;
  try {
    files = zipEntries(zip);
  } catch (error) {
    if (error instanceof ZipUnreadable) return { ...nothing, problem: { kind: 'unreadable', detail: error.message } };
    throw error;
  }
  const pack = parsePack(files.get('pack.json'));
  if (pack === undefined) return { ...nothing, files: files.size, problem: sumsProblem(files) ?? { kind: 'not-a-pack', detail: 'pack.json is missing or not of this format' } };
  const problem = chainProblem(pack) ?? sumsProblem(files);
  return {
    ok: problem === undefined,
    files: files.size,
    links: pack.links.length,
    bodies: pack.links.filter((link) => link.body !== undefined).length,
    connected: pack.connected,
    accountId: pack.account.id,
    ...(pack.head === null ? {} : { head: pack.head }),
    ...(problem === undefined ? {} : { problem }),
  };
}
