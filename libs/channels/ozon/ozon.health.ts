import { type Diagnostic, Unauthorised, type Doc, readDoc, readDocOrEmpty, readList, readNumber, readText } from '#kernel';
import type { ChannelPorts, HealthReport, Run } from '#channels/contract';
import { descriptor } from './ozon.channel.js';
import { type Endpoint, ENDPOINTS, type OzonClient } from './ozon.client.js';
import { sellerOf } from './ozon.references.js';

/** A key lives three months; a warning is due this long before its end. */
const WARN_MS = 14 * 86_400_000;

/** Key, roles, expiry; Ozon's own quota figures are taught to the budget. A refused key is a report, not an exception. */
export async function health(client: OzonClient, ports: ChannelPorts, run: Run): Promise<HealthReport> {
  try {
    const roles = (await client.call('roles', {}, run)).body;
    const diagnostics = [...missingMethods(roles)];
    const expiresAt = Date.parse(readText(roles['expires_at']));
    const expiry = Number.isFinite(expiresAt) ? expiresAt : undefined;
    if (expiry !== undefined && expiry - ports.clock.now() <= WARN_MS) {
      diagnostics.push({ severity: 'warning', path: '', code: 'ozon.key-expires', params: { at: new Date(expiry).toISOString() } });
    }
    const limits = (await client.call('limits', {}, run)).body;
    diagnostics.push(...learnLimits(limits, ports));
    const { currency } = sellerOf((await client.call('seller', {}, run)).body);
    if (currency === '') diagnostics.push({ severity: 'warning', path: 'price', code: 'ozon.currency-unknown' });
    return { ok: !diagnostics.some((diagnostic) => diagnostic.severity === 'error'), expiresAt: expiry, diagnostics, quotas: quotasOf(limits) };
  } catch (error) {
    if (!(error instanceof Unauthorised)) throw error;
    return { ok: false, diagnostics: [{ severity: 'error', path: '', code: 'ozon.key-refused', params: { message: error.message } }] };
  }
}

function missingMethods(roles: Doc): readonly Diagnostic[] {
  const allowed = new Set(readList(roles['roles'], 'roles').flatMap((role) => readList(readDoc(role, 'roles')['methods'], 'roles.methods').map(readText)));
  // An answer without any method tells nothing about rights; the calls themselves will.
  if (allowed.size === 0) return [];
  const needed: readonly Endpoint[] = Object.values<Endpoint>(ENDPOINTS).filter((endpoint) => endpoint.optional !== true);
  const missing = (writes: boolean) => needed.flatMap((endpoint) => (endpoint.writes !== writes || allowed.has(endpoint.path) ? [] : [endpoint.path]));
  const closed = missing(true).join(', ');
  return [
    ...missing(false).map((method): Diagnostic => ({ severity: 'error', path: '', code: 'ozon.role-missing', params: { method } })),
    // A key that may only read serves an account that is only observed.
    ...(closed === '' ? [] : [{ severity: 'warning', path: '', code: 'ozon.role-read-only', params: { methods: closed } } satisfies Diagnostic]),
  ];
}

function quotasOf(limits: Doc): NonNullable<HealthReport['quotas']> {
  return (['create', 'update'] as const).map((of) => {
    const bucket = `daily_${of}`;
    const limit = readNumber(readDoc(limits[bucket], bucket)['limit'], `${bucket}.limit`);
    const spec = descriptor.buckets.find((one) => one.name === bucket);
    const reserve = spec?.kind === 'daily' ? spec.reserve : 0;
    return { bucket, of, perDay: limit < 0 ? -1 : limit - Math.ceil(limit * reserve) };
  });
}

function learnLimits(body: Doc, ports: ChannelPorts): readonly Diagnostic[] {
  for (const name of ['daily_create', 'daily_update'] as const) {
    const quota = readDoc(body[name], name);
    ports.budget.learn(name, readNumber(quota['limit'], `${name}.limit`), readNumber(quota['usage'], `${name}.usage`));
  }
  const operation = readDocOrEmpty(body['operation_limits']);
  if (readText(operation['limit_type']) === 'RATE_LIMIT_PER_MINUTE') {
    ports.budget.learn('items', readNumber(operation['limit'], 'operation_limits.limit'));
  }
  const total = readDocOrEmpty(body['total']);
  const limit = readNumber(total['limit'], 'total.limit');
  const usage = readNumber(total['usage'], 'total.usage');
  return limit >= 0 && usage >= limit && readText(total['limit']) !== '' ? [{ severity: 'warning', path: '', code: 'ozon.assortment-full', params: { limit, usage } }] : [];
}
