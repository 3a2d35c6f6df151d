import type { World } from './world.js';

async function finished(world: World): Promise<ReadonlyMap<string, number>> {
  const pool = await world.database();
  const { rows } = await pool.query<{ lane: string; number: string }>(`SELECT lane, max(number) AS number FROM sweep_run WHERE state = 'complete' GROUP BY lane`);
  return new Map(rows.map((row) => [row.lane, Number(row.number)]));
}

/** Waits until every lane was walked once more from begin to end; answers false when that does not happen. */
export async function sweptAgain(world: World, withinMs: number): Promise<boolean> {
  // A walk that is under way began before now, so two ends are waited for.
  for (let walk = 0; walk < 2; walk++) {
    const before = await finished(world);
    await world.door.nudge(world.accountId);
    const again = await world.until(async () => [...(await finished(world))].every(([lane, number]) => number > (before.get(lane) ?? 0)), withinMs);
    if (!again) return false;
  }
  return true;
}
