import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ozon } from '#channels/ozon';
import { checkAccount } from '../apps/hub/accounts/check-account.js';
import { ozon as market } from '../apps/sandbox/ozon/index.js';
import { startSandbox } from '../apps/sandbox/start.js';
import { CLIENT_ID, KEY_A } from './ozon-world.js';

describe('a key that is about to be kept', () => {
  let sandbox: Awaited<ReturnType<typeof startSandbox>>;
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'account-check-'));
    sandbox = await startSandbox({ port: 0, dataDir: folder, seed: 3, scale: 1, markets: [market] });
  });
  afterAll(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  });
  const tried = (apiKey: string, url = sandbox.url) => checkAccount(ozon, { clientId: CLIENT_ID, apiKey, baseUrl: `${url}/ozon` }, [new URL(url).host]);

  it('is good with its end, as the channel tells it', async () => {
    const check = await tried(KEY_A);
    expect(check).toMatchObject({ verdict: 'good', findings: [] });
    expect(Date.parse(check.expires_at ?? '')).toBeGreaterThan(Date.UTC(2026, 10, 22));
  });

  it('is refused when nobody knows it', async () => {
    expect(await tried('nobody-knows-this-key')).toMatchObject({ verdict: 'refused' });
  });

  it('is neither while the channel does not answer', async () => {
    expect(await tried(KEY_A, 'http://127.0.0.1:9')).toMatchObject({ verdict: 'unreachable' });
  });
});
