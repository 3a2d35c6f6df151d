import { clockJump, duplicateNudges, floorAsked, hubFrozen, racingEdits } from './awkward-moments.js';
import { databaseKilled, hubKilled } from './deaths.js';
import type { Fault } from './fault.js';
import { gremlins, secondProgram } from './outsiders.js';
import { newerOwner } from './newer-owner.js';
import { secondWorker } from './second-worker.js';
import { keyRevoked, moderators } from './strict-channel.js';
import { brokenReads, lostWrites, refusals } from './weather.js';

/** Everything that can happen in a storm; each round plays every card once. */
export const DECK: readonly Fault[] = [
  gremlins,
  secondProgram,
  brokenReads,
  lostWrites,
  refusals,
  racingEdits,
  floorAsked,
  duplicateNudges,
  clockJump,
  hubFrozen,
  hubKilled,
  databaseKilled,
  newerOwner,
  secondWorker,
  moderators,
  keyRevoked,
];
