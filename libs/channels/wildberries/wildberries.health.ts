import { type Diagnostic, Unauthorised, Unsupported, readDoc, readNumber, readText } from '#kernel';
import type { ChannelPorts, HealthReport, Run } from '#channels/contract';
import type { WildberriesClient } from './wildberries.client.js';
import { SCOPE } from './wildberries.token.js';

/** A token lives 180 days; a warning is due this long before its end. */
const WARN_MS = 14 * 86_400_000;

/** Needed to do anything at all; without analytics the reports are not read, and the status says so. */
const REQUIRED = ['content', 'prices', 'marketplace'] as const;

/** Type, scopes and end of the token, and how many cards may still be made. A refused token is a report, not an exception. */
export async function health(client: WildberriesClient, ports: ChannelPorts, run: Run): Promise<HealthReport> {
  const { token } = client;
  const diagnostics: Diagnostic[] = [];
  const say = (severity: Diagnostic['severity'], code: string, params?: Diagnostic['params']) =>
    diagnostics.push({ severity, path: '', code, ...(params === undefined ? {} : { params }) });
  for (const scope of REQUIRED) if (!token.scopes.has(SCOPE[scope])) say('error', 'wildberries.scope-missing', { scope });
  if (!token.scopes.has(SCOPE.analytics)) say('warning', 'wildberries.analytics-missing');
  if (token.readOnly) say('warning', 'wildberries.token-read-only');
  if (token.type === 'base') say('warning', 'wildberries.token-base');
  if (token.expiresAt !== undefined && token.expiresAt - ports.clock.now() < WARN_MS) say('warning', 'wildberries.token-expires', { at: new Date(token.expiresAt).toISOString() });
  try {
    const { body } = await client.call('cardLimits', {}, run);
    const data = readDoc(readDoc(body, 'card limits')['data'], 'card limits.data');
    const free = readNumber(data['freeLimits'], 'card limits.freeLimits') + readNumber(data['paidLimits'], 'card limits.paidLimits');
    if (free <= 0) say('warning', 'wildberries.cards-full', { limit: free });
    if (token.type !== 'test') {
      const seller = readDoc((await client.call('seller', {}, run)).body, 'seller');
      if (readText(seller['sid']) === '' && readText(seller['name']) === '') say('warning', 'wildberries.seller-unknown');
    }
  } catch (error) {
    if (!(error instanceof Unauthorised || error instanceof Unsupported)) throw error;
    say('error', 'wildberries.token-refused', { message: error.message });
  }
  return {
    ok: !diagnostics.some((diagnostic) => diagnostic.severity === 'error'),
    ...(token.expiresAt === undefined ? {} : { expiresAt: token.expiresAt }),
    diagnostics,
  };
}
