import { killPoints } from '../options.js';
import type { World } from '../world.js';
import { someEdits } from './some-edits.js';

const DIES_MS = 90_000;
const BACK_MS = 60_000;

/** The hub is ended the hard way in the middle of its work, and then again at named places between two effects. */
export async function hubKilled(world: World, round: number): Promise<void> {
  const points = killPoints(world.options);
  for (const point of round === 1 ? points : [world.dice.pick(points)]) {
    await someEdits(world, 4);
    await world.meter.read();
    await world.hub.kill();
    world.tally.fired('hub killed');
    await world.startHub({ kill: point });
    for (const until = Date.now() + DIES_MS; world.hub.alive && Date.now() < until;) {
      await someEdits(world, 2, ['title', 'price', 'stock']);
      await world.until(() => Promise.resolve(!world.hub.alive), 1_500);
    }
    if (!world.hub.alive) world.tally.fired('hub killed at a kill point');
    else await world.hub.kill();
    await world.startHub();
  }
}

/** The database server is ended the hard way under the hub. */
export async function databaseKilled(world: World): Promise<void> {
  await someEdits(world, 3);
  const pool = await world.database();
  const { rows } = await pool.query<{ pid: string }>(`SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1) AS pid`);
  const pid = Number(rows[0]?.pid);
  if (!Number.isInteger(pid) || pid <= 1) throw new Error('The database does not tell its process.');
  process.kill(pid, 'SIGKILL');
  world.tally.fired('database killed');
  await someEdits(world, 2);
  await world.database();
  // The next fault may need the hub's doors, and these need the database back as well.
  await world.until(async () => (await world.door.status()) !== undefined, BACK_MS);
}
