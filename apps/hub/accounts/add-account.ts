import type { PoolClient } from 'pg';
import type { Facet, ChannelModule } from '#channels/contract';
import { addAccount, type PolicyMode } from '#listings';
import { assertPublicUrl, type Vault } from '#platform';
import { type FieldFault, Problem } from '../http/problem.js';

/** The place a secret is bound to: a sealed text copied to another account does not open there. */
export function credentialsPlace(accountId: string): string {
  return `account:${accountId}`;
}

/** Checks the form of a channel. @throws Problem naming each field, never a value */
export function checkedCredentials(module: ChannelModule, given: Readonly<Record<string, unknown>>): Record<string, string> {
  const { credentials } = module.descriptor;
  const faults: FieldFault[] = [];
  const checked: Record<string, string> = {};
  for (const key of Object.keys(given)) {
    if (!credentials.some((field) => field.key === key)) {
      faults.push({ field: `credentials.${key}`, code: 'credential-unknown', params: { known: credentials.map((field) => field.key).join(', ') } });
    }
  }
  for (const { key, required } of credentials) {
    const value = given[key];
    if (value === undefined || value === '') {
      if (required) faults.push({ field: `credentials.${key}`, code: 'missing' });
    } else if (typeof value !== 'string' || value.length > 2000 || /[\u0000-\u001f]/.test(value)) {
      faults.push({ field: `credentials.${key}`, code: 'credential-text' });
    } else checked[key] = value.trim();
  }
  if (faults.length > 0) throw new Problem(422, 'invalid', 'The account has a fault', { errors: faults });
  return checked;
}

/** An address a person gave must be a public one: a hub must not be talked into its own network. @throws Problem */
export function assertPublicAddresses(credentials: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(credentials)) {
    if (!/^[a-z][a-z0-9+.-]*:/i.test(value) || !/url|host|address/i.test(key)) continue;
    try {
      assertPublicUrl(value);
    } catch {
      throw new Problem(422, 'address-refused', 'This address is not taken', {
        errors: [{ field: `credentials.${key}`, code: 'address' }],
      });
    }
  }
}

export interface AccountDraft {
  readonly module: ChannelModule;
  readonly title: string;
  readonly credentials: Readonly<Record<string, string>>;
  readonly clockUrl?: string;
  readonly legalEntity?: string;
  readonly modes?: Readonly<Partial<Record<Facet, PolicyMode>>>;
}

/** Stores the account with its secrets sealed, in the caller's transaction. */
export async function storeAccount(client: PoolClient, vault: Vault, draft: AccountDraft): Promise<string> {
  const { modes, clockUrl, legalEntity } = draft;
  const id = await addAccount(client, {
    channel: draft.module.descriptor.id,
    title: draft.title,
    credentials: '',
    ...(modes === undefined ? {} : { modes }),
    ...(clockUrl === undefined ? {} : { clockUrl }),
    ...(legalEntity === undefined ? {} : { legalEntity }),
  });
  await client.query('UPDATE channel_account SET credentials = $2 WHERE id = $1', [id, vault.sealFields(draft.credentials, credentialsPlace(id))]);
  return id;
}

/** New secrets for an account. Whoever runs its loops notices the raised epoch, lets go of the account and opens it anew. */
export async function replaceCredentials(client: PoolClient, vault: Vault, accountId: string, credentials: Readonly<Record<string, string>>): Promise<void> {
  await client.query(
    `UPDATE channel_account SET credentials = $2, epoch = epoch + 1,
       state = CASE WHEN state = 'unauthorised' THEN 'active' ELSE state END, state_reason = CASE WHEN state = 'unauthorised' THEN NULL ELSE state_reason END
     WHERE id = $1`,
    [accountId, vault.sealFields(credentials, credentialsPlace(accountId))],
  );
}
