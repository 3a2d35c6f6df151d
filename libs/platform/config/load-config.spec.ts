import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { FatalStartError } from '../process/fatal-start-error.js';
import { projectRoot } from '../process/project-root.js';
import { ENVIRONMENT_NAMES } from './environment-names.js';
import { loadConfig } from './load-config.js';
import { readFileSync } from 'node:fs';

function fatal(run: () => unknown): FatalStartError {
  try {
    run();
  } catch (error) {
    if (error instanceof FatalStartError) return error;
    throw error;
  }
  throw new Error('expected a FatalStartError');
}

describe('loadConfig', () => {
  const made: string[] = [];
  afterEach(() => made.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));
  const folder = (yaml: string, extra: Record<string, string> = {}): string => {
    const made1 = mkdtempSync(join(tmpdir(), 'config-'));
    made.push(made1);
    mkdirSync(made1, { recursive: true });
    writeFileSync(join(made1, 'default.yaml'), yaml);
    for (const [name, text] of Object.entries(extra)) writeFileSync(join(made1, name), text);
    return made1;
  };
  const shipped = (): string => readFileSync(join(projectRoot(), 'config', 'default.yaml'), 'utf8');

  it('ships defaults that are valid on their own', () => {
    const config = loadConfig({ env: {}, cwd: '/srv/etalon' });
    expect(config).toMatchObject({ role: 'all', dataDir: '/srv/etalon/.data', http: { port: 3000 }, demo: { enabled: true, cards: 5000 } });
    expect(config.database.url).toBeUndefined();
  });

  it('reads every everyday name', () => {
    const key = 'ab'.repeat(32);
    const config = loadConfig({
      env: {
        PORT: '0',
        DATA_DIR: '/d',
        DATABASE_URL: 'postgres://a:b@c/d',
        REDIS_URL: 'redis://r:1',
        ROLE: 'worker',
        PUBLIC_MEDIA_URL: 'https://m.example/x',
        ETALON_ADMIN_PASSWORD: 'long enough',
        ETALON_SECRET_KEY: key,
        ETALON_DEMO: 'off',
        SANDBOX_PORT: '4001',
        LOG_LEVEL: 'debug',
        HOST: '0.0.0.0',
      },
    });
    expect(config).toMatchObject({
      role: 'worker',
      dataDir: '/d',
      http: { host: '0.0.0.0', port: 0 },
      database: { url: 'postgres://a:b@c/d' },
      queue: { redisUrl: 'redis://r:1' },
      media: { publicUrl: 'https://m.example/x' },
      secrets: { key, adminPassword: 'long enough' },
      demo: { enabled: false },
      sandbox: { port: 4001 },
      log: { level: 'debug' },
    });
  });

  it('lists all faults at once, by name and without a value', () => {
    const error = fatal(() =>
      loadConfig({
        env: { PORT: 'hunter2', ROLE: 'chief', DATABASE_URL: 'mysql://u:hunter2@h', ETALON_SECRET_KEY: 'hunter2', ETALON_DEMO: 'maybe', ETALON_ADMIN_PASSWORD: 'short1' },
      }),
    );
    for (const name of ['PORT', 'ROLE', 'DATABASE_URL', 'ETALON_SECRET_KEY', 'ETALON_DEMO', 'ETALON_ADMIN_PASSWORD']) expect(error.message).toContain(name);
    expect(error.message).toContain('6 faults');
    expect(error.message + error.remedy).not.toMatch(/hunter2|chief|maybe|short1/);
  });

  it('names an unknown key and a missing one', () => {
    const error = fatal(() => loadConfig({ env: {}, configDir: folder(shipped().replace('level: info', 'volume: 11')) }));
    expect(error.message).toContain('log.volume is not a known setting');
    expect(error.message).toContain('LOG_LEVEL (log.level) is missing');
  });

  it('lets the environment file override the default and the environment override both', () => {
    const configDir = folder(shipped(), { 'staging.yaml': 'http:\n  port: 8080\n  host: 0.0.0.0\n' });
    expect(loadConfig({ env: { NODE_ENV: 'staging', HOST: '127.0.0.2' }, configDir }).http).toMatchObject({ port: 8080, host: '127.0.0.2' });
  });

  it('refuses broken YAML with the name of the file', () => {
    expect(fatal(() => loadConfig({ env: {}, configDir: folder('a: [1') })).message).toContain('default.yaml');
  });

  it('is frozen to the bottom', () => {
    const config = loadConfig({ env: {} });
    expect(() => Object.assign(config.http, { port: 1 })).toThrow(TypeError);
    expect(() => Object.assign(config, { role: 'api' })).toThrow(TypeError);
  });

  it('documents each environment name in default.yaml', () => {
    for (const { name } of ENVIRONMENT_NAMES) expect(shipped()).toMatch(new RegExp(`\\[${name}[\\]=]`));
  });
});
