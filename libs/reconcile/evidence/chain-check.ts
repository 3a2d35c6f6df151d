import { type ChainLink, linkHash, sha256 } from './chain-link.js';

export type ChainFault = 'changed' | 'gap' | 'reordered' | 'truncated' | 'body-changed' | 'head-mismatch';

/** The first thing wrong with a chain. `detail` is for a technician, in English. */
export interface ChainProblem {
  readonly seq: string;
  readonly kind: ChainFault;
  readonly detail: string;
}

/** Walks a chain link by link from a known hash; pure. */
export class ChainCheck {
  #seq: bigint;
  #hash: string;
  #pruned = 0;
  #count = 0;

  /** `hash` is that of the link before the first one to come, `seq` its number. */
  constructor(seq: string, hash: string) {
    this.#seq = BigInt(seq);
    this.#hash = hash;
  }

  get last(): { readonly seq: string; readonly hash: string } {
    return { seq: this.#seq.toString(), hash: this.#hash };
  }

  get count(): number {
    return this.#count;
  }

  /** Links whose body is not there any more; their digests still count. */
  get pruned(): number {
    return this.#pruned;
  }

  next(link: ChainLink, body: string | null): ChainProblem | undefined {
    const due = this.#seq + 1n;
    const seq = BigInt(link.seq);
    if (seq > due) return { seq: due.toString(), kind: 'gap', detail: `entries ${due} to ${seq - 1n} are missing` };
    if (seq < due) return { seq: link.seq, kind: 'reordered', detail: `entry ${seq} stands where ${due} is due` };
    if (link.previous !== this.#hash) return { seq: link.seq, kind: 'changed', detail: 'its previous hash is not the hash of the entry before it' };
    if (linkHash(link) !== link.hash) return { seq: link.seq, kind: 'changed', detail: 'its fields do not give its hash' };
    if (body === null) this.#pruned += 1;
    else if (sha256(body) !== link.digest) return { seq: link.seq, kind: 'body-changed', detail: 'its body does not give its digest' };
    this.#seq = seq;
    this.#hash = link.hash;
    this.#count += 1;
    return undefined;
  }
}
