import type { PoolClient } from 'pg';
import { type Facet, FACETS } from '#channels/contract';
import type { PolicyMode } from '#listings';
import { FatalStartError, SecretUnreadable } from '#platform';
import { appendEvidence, inTransaction } from '#reconcile';
import { credentialsPlace, replaceCredentials, storeAccount } from '../accounts/add-account.js';
import { readFact, writeFact } from '../parts/hub-facts.js';
import type { HubParts } from '../parts/hub-parts.js';
import { SandboxControl } from './sandbox-control.js';

/** The account of a demo that had one channel. */
const FIRST_FACT = 'demo.account';
const factOf = (channel: string) => `${FIRST_FACT}.${channel}`;

/** An account of the demo, and where buyers see its cards. */
export interface DemoAccount {
  readonly account_id: string;
  readonly channel: string;
  readonly shop_url: string | null;
}

function accountIdOf(fact: unknown): string | undefined {
  return typeof fact === 'object' && fact !== null && 'account_id' in fact && typeof fact.account_id === 'string' ? fact.account_id : undefined;
}

/** A hub with accounts of its own never gets a demo beside them. */
export async function mayHaveDemo(parts: HubParts): Promise<boolean> {
  const { rows } = await parts.pool.query<{ used: boolean }>(
    `SELECT NOT EXISTS (SELECT FROM hub_fact WHERE name = $1 OR starts_with(name, $1 || '.')) AND (EXISTS (SELECT FROM channel_account) OR EXISTS (SELECT FROM product)) AS used`,
    [FIRST_FACT],
  );
  return rows[0]?.used === false;
}

/** Whether the stored secret can still be opened with this hub's key. */
function opens(parts: HubParts, sealed: string, accountId: string): boolean {
  try {
    parts.vault.openFields(sealed, credentialsPlace(accountId));
    return true;
  } catch (error) {
    if (error instanceof SecretUnreadable) return false;
    throw error;
  }
}

/**
 * Makes a demo account on every marketplace of the sandbox that this build knows (of `wanted` when given), healing everything by itself;
 * or tells those there are where the sandbox is now. @throws FatalStartError when `wanted` names one that is neither
 */
export async function connectDemoAccounts(parts: HubParts, sandboxUrl: string, wanted: readonly string[] | undefined): Promise<DemoAccount[]> {
  const sandbox = new SandboxControl(sandboxUrl);
  const known = new Set(parts.channels.all().map((module) => module.descriptor.id));
  const markets = (await sandbox.markets()).filter(({ id }) => known.has(id));
  const unknown = wanted?.find((name) => !markets.some(({ id }) => id === name));
  if (unknown !== undefined) {
    const names = markets.map(({ id }) => id).join(', ');
    throw new FatalStartError(`ETALON_DEMO_CHANNELS names "${unknown}", which the demo does not have.`, `Name some of: ${names}.`, {
      told: { code: 'demo-channel-unknown', params: { given: unknown.slice(0, 100), known: names } },
    });
  }
  const accounts: DemoAccount[] = [];
  for (const { id, shop } of markets) {
    if (wanted?.includes(id) === false) continue;
    const account = await connect(parts, id, await sandbox.connection(id), `${sandboxUrl}/_control/clock`);
    if (account !== undefined) accounts.push({ account_id: account, channel: id, shop_url: shop });
  }
  return accounts;
}

/** undefined: a person let go of the account, and it does not come back by itself. */
async function connect(parts: HubParts, channel: string, credentials: Record<string, string>, clockUrl: string): Promise<string | undefined> {
  return inTransaction(parts.pool, async (client) => {
    await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('etalon demo account', 0))`);
    const known = await accountOn(client, channel);
    if (known !== undefined) {
      const { rows } = await client.query<{ clock_url: string | null; credentials: string }>('SELECT clock_url, credentials FROM channel_account WHERE id = $1', [known]);
      if (rows[0] === undefined) return undefined;
      if (rows[0].clock_url === clockUrl && opens(parts, rows[0].credentials, known)) return known;
      await client.query('UPDATE channel_account SET clock_url = $2 WHERE id = $1', [known, clockUrl]);
      await replaceCredentials(client, parts.vault, known, credentials);
      return known;
    }
    const module = parts.channels.get(channel);
    const modes: Partial<Record<Facet, PolicyMode>> = Object.fromEntries(FACETS.filter((facet) => module.descriptor.facets.includes(facet)).map((facet) => [facet, 'auto']));
    const id = await storeAccount(client, parts.vault, { module, title: `${module.descriptor.title.ru} · демо`, credentials, clockUrl, modes });
    await writeFact(client, factOf(channel), { account_id: id });
    await appendEvidence(client, id, [
      { kind: 'account.changed', at: Date.now(), body: { what: 'added', from: null, to: { channel, demo: true, modes: 'auto' }, author: 'demo' } },
    ]);
    return id;
  });
}

/** The demo's account on a channel; one made when the demo had one channel only is known by its own. */
async function accountOn(client: PoolClient, channel: string): Promise<string | undefined> {
  const own = accountIdOf(await readFact(client, factOf(channel)));
  if (own !== undefined) return own;
  const first = accountIdOf(await readFact(client, FIRST_FACT));
  const { rows } = await client.query<{ id: string }>('SELECT id FROM channel_account WHERE id = $1 AND channel = $2', [first, channel]);
  return rows[0]?.id;
}
