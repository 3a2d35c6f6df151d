import { dieAt, KILL_POINTS } from '#reconcile';
import type { Place } from './account-place.js';
import { AccountWorld } from './account-world.js';

/** Runs the loops of an account of another process's world until it passes the kill point and dies there. Arguments: the place as JSON, the point. */
const [place = '', point = ''] = process.argv.slice(2);
const known = KILL_POINTS.find((one) => one === point);
if (known === undefined) throw new Error(`There is no kill point "${point}".`);
const world = await AccountWorld.attach(JSON.parse(place) as Place, { pass: dieAt(known), quiet: true });
await world.rounds(20);
await world.close();
