import type { World } from '../world.js';

/** Something that goes wrong in a storm; it ends by itself. */
export type Fault = (world: World, round: number) => Promise<void>;
