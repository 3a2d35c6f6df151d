import type { SabotageName } from '#reconcile';
import { CHECKS } from './names.js';

/** Which promises break when a protection is switched off: at least one of them has to turn red, or the checks are blind. */
export const SABOTAGE_BREAKS: Readonly<Record<SabotageName, readonly (keyof typeof CHECKS)[]>> = {
  fence: ['fence'],
  readback: ['repeat', 'creates'],
  evidence: ['evidence', 'noticed'],
  budget: ['calm429', 'storm429'],
  'stale-page': ['alarms', 'needless', 'order'],
  echo: ['live', 'edits', 'noticed', 'healed', 'evidence'],
};

/** Failures that show this sabotage. */
export function sabotageSeen(name: SabotageName, failures: readonly string[]): readonly string[] {
  const told = SABOTAGE_BREAKS[name].map((check) => `${CHECKS[check]}: `);
  return failures.filter((failure) => told.some((start) => failure.startsWith(start)));
}
