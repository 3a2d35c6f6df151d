import { ADOPTING } from './adopting.js';
import type { Duty } from './duty.js';
import { HINTS } from './hints.js';
import { LIMITS_AND_SECRETS } from './limits-and-secrets.js';
import { READING } from './reading.js';
import { WRITING } from './writing.js';

/** Owed by channels that have the ability. */
export const DUTIES_OF_ABILITIES: readonly Duty[] = [...ADOPTING, ...HINTS];

/** Everything a channel owes, in the order it is tried. */
export const DUTIES: readonly Duty[] = [...READING, ...WRITING, ...LIMITS_AND_SECRETS, ...DUTIES_OF_ABILITIES];
