import type { WooClient } from './woocommerce.client.js';

/** Tells a wall that minds what is written from one that minds how often: the first lets reads through between two writes that it turns away. */
export class WallWatch {
  private readsBefore: number | undefined;

  constructor(private readonly client: Pick<WooClient, 'reads'>) {}

  /** A write was turned away. @returns whether it was for what is in it */
  turnedAway(): boolean {
    this.readsBefore ??= this.client.reads;
    const minds = this.client.reads > this.readsBefore;
    if (minds) this.readsBefore = undefined;
    return minds;
  }
}
