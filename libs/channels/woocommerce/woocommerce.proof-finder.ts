import { proofsFor, type Proof } from './woocommerce.auth.js';
import { KeyNotTaken } from './woocommerce.errors.js';

/** Finds out how a site wants requests to be proven; what worked once is kept to. */
export class ProofFinder {
  private readonly proofs: readonly [Proof, ...Proof[]];
  private at = 0;
  private works = false;

  constructor(siteUrl: string) {
    this.proofs = proofsFor(siteUrl);
  }

  /** The one to use now. */
  get now(): Proof {
    return this.proofs[this.at] ?? this.proofs[0];
  }

  /** How often one request may be sent before its refusal counts. */
  get ways(): number {
    return this.proofs.length;
  }

  worked(proof: Proof): void {
    this.at = this.proofs.indexOf(proof);
    this.works = true;
  }

  /** A request with this proof failed: is there another way to send it? A key that was taken before and is no longer was revoked. */
  another(proof: Proof, error: unknown): boolean {
    if (!(error instanceof KeyNotTaken)) return false;
    // Another request has moved on meanwhile.
    if (proof !== this.now) return true;
    const misread = proof === 'basic' ? error.anonymous : true;
    if (this.works || !misread || this.at + 1 >= this.proofs.length) {
      this.at = 0;
      this.works = false;
      return false;
    }
    this.at += 1;
    return true;
  }
}
