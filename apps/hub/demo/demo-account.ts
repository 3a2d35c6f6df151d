import { type Facet, FACETS } from '#channels/contract';
import type { PolicyMode } from '#listings';
import { SecretUnreadable } from '#platform';
import { appendEvidence, inTransaction } from '#reconcile';
import { credentialsPlace, replaceCredentials, storeAccount } from '../accounts/add-account.js';
import { readFact, writeFact } from '../parts/hub-facts.js';
import type { HubParts } from '../parts/hub-parts.js';
import { SandboxControl } from './sandbox-control.js';

/** The channel that the demo trades on. */
const CHANNEL = 'ozon';
const FACT = 'demo.account';

function accountIdOf(fact: unknown): string | undefined {
  return typeof fact === 'object' && fact !== null && 'account_id' in fact && typeof fact.account_id === 'string' ? fact.account_id : undefined;
}

/** The demo's account, or undefined: none was made. */
export async function demoAccountId(parts: HubParts): Promise<string | undefined> {
  return accountIdOf(await readFact(parts.pool, FACT));
}

/** A hub with accounts of its own never gets a demo beside them. */
export async function mayHaveDemo(parts: HubParts): Promise<boolean> {
  if ((await demoAccountId(parts)) !== undefined) return true;
  const { rows } = await parts.pool.query<{ used: boolean }>('SELECT EXISTS (SELECT FROM channel_account) OR EXISTS (SELECT FROM product) AS used');
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

/** Makes the demo account on the sandbox, healing everything by itself; or tells the one there is where the sandbox is now. */
export async function connectDemoAccount(parts: HubParts, sandboxUrl: string): Promise<string> {
  const credentials = { ...(await new SandboxControl(sandboxUrl).cabinet()), baseUrl: `${sandboxUrl}/ozon` };
  const clockUrl = `${sandboxUrl}/_control/clock`;
  return inTransaction(parts.pool, async (client) => {
    await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('etalon demo account', 0))`);
    const known = accountIdOf(await readFact(client, FACT));
    if (known !== undefined) {
      const { rows } = await client.query<{ clock_url: string | null; credentials: string }>('SELECT clock_url, credentials FROM channel_account WHERE id = $1', [known]);
      if (rows[0]?.clock_url === clockUrl && opens(parts, rows[0].credentials, known)) return known;
      await client.query('UPDATE channel_account SET clock_url = $2 WHERE id = $1', [known, clockUrl]);
      await replaceCredentials(client, parts.vault, known, credentials);
      return known;
    }
    const module = parts.channels.get(CHANNEL);
    const modes: Partial<Record<Facet, PolicyMode>> = Object.fromEntries(FACETS.filter((facet) => module.descriptor.facets.includes(facet)).map((facet) => [facet, 'auto']));
    const id = await storeAccount(client, parts.vault, { module, title: `${module.descriptor.title.ru} · демо`, credentials, clockUrl, modes });
    await writeFact(client, FACT, { account_id: id });
    await appendEvidence(client, id, [
      { kind: 'account.changed', at: Date.now(), body: { what: 'added', from: null, to: { channel: CHANNEL, demo: true, modes: 'auto' }, author: 'demo' } },
    ]);
    return id;
  });
}
