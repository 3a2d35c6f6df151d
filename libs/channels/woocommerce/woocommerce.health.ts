import { type Diagnostic, BrokenContract, Unauthorised, Unsupported } from '#kernel';
import type { HealthReport, Run } from '#channels/contract';
import type { WooClient } from './woocommerce.client.js';
import { readSettings } from './woocommerce.settings.js';

/** Whether the key is taken and may read the shop's settings. A refused key is a report, not an exception. No method tells what a key may write. */
export async function health(client: WooClient, run: Run): Promise<HealthReport> {
  const diagnostics: Diagnostic[] = [];
  const say = (severity: Diagnostic['severity'], code: string, params?: Diagnostic['params']) =>
    diagnostics.push({ severity, path: '', code, ...(params === undefined ? {} : { params }) });
  if (!client.overTls) say('warning', 'woocommerce.plain-http');
  try {
    await readSettings(client, run);
  } catch (error) {
    if (error instanceof Unauthorised) say('error', 'woocommerce.key-refused', { message: error.message });
    else if (error instanceof Unsupported || error instanceof BrokenContract) say('error', 'woocommerce.no-api', { message: error.message });
    else throw error;
  }
  return { ok: !diagnostics.some((diagnostic) => diagnostic.severity === 'error'), diagnostics };
}
