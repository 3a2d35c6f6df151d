import type { SabotageName } from '#reconcile';
import type { Fault } from './faults/fault.js';
import { newerOwner } from './faults/newer-owner.js';
import { gremlins, secondProgram } from './faults/outsiders.js';
import { secondWorker } from './faults/second-worker.js';
import { lostWrites } from './faults/weather.js';
import { CHECKS } from './names.js';

interface Sabotaged {
  /** The promises that break without this protection: one of them has to turn red, or the checks are blind. */
  readonly breaks: readonly (keyof typeof CHECKS)[];
  /** The faults of the storm that need the protection; what the calm stretch shows needs none. */
  readonly storm: readonly Fault[];
}

/** What every protection is there for. */
export const SABOTAGED: Readonly<Record<SabotageName, Sabotaged>> = {
  fence: { breaks: ['fence'], storm: [newerOwner, secondWorker] },
  readback: { breaks: ['repeat', 'creates'], storm: [lostWrites] },
  evidence: { breaks: ['evidence', 'noticed'], storm: [gremlins, secondProgram] },
  budget: { breaks: ['calm429', 'storm429'], storm: [] },
  'stale-page': { breaks: ['alarms', 'needless', 'order'], storm: [] },
  echo: { breaks: ['live', 'edits', 'noticed', 'healed', 'evidence'], storm: [gremlins, secondProgram] },
};

/** Failures that show this sabotage. */
export function sabotageSeen(name: SabotageName, failures: readonly string[]): readonly string[] {
  const told = SABOTAGED[name].breaks.map((check) => `${CHECKS[check]}: `);
  return failures.filter((failure) => told.some((start) => failure.startsWith(start)));
}
