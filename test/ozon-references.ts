import type pg from 'pg';

/** What the hub has read of Ozon: categories by their id with the name of their type, all under "Дом / Посуда", and working warehouses. */
export async function seedOzonReferences(pool: pg.Pool, types: Readonly<Record<string, string>>, warehouses: readonly string[]): Promise<void> {
  const bodies: Readonly<Record<string, unknown>> = {
    tree: Object.entries(types).map(([id, name]) => ({ id, names: ['Дом', 'Посуда', name], disabled: false })),
    warehouses: warehouses.map((id) => ({ id, name: `Склад ${id}`, active: true, own: false })),
    seller: { currency: 'RUB' },
    ...Object.fromEntries(Object.keys(types).map((id) => [`attributes:${id}`, []])),
  };
  for (const [key, body] of Object.entries(bodies)) {
    await pool.query(`INSERT INTO channel_reference (channel, key, body, digest) VALUES ('ozon:live', $1, $2, 0)`, [key, JSON.stringify(body)]);
  }
}
