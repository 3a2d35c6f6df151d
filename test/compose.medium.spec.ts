import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { loadConfig, projectRoot } from '#platform';

interface Service {
  readonly image?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly command?: readonly string[];
  readonly volumes?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

/** What compose itself would put in the place of `${NAME}`, `${NAME:-default}` and `${NAME:?reason}`. */
function fill(text: string, given: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{([A-Z_]+)(?::([-?])([^}]*))?\}/g, (_whole, name: string, kind?: string, rest = '') => given[name] ?? (kind === '-' ? rest : `<${name}>`));
}

describe('docker-compose.yml', () => {
  const text = readFileSync(join(projectRoot(), 'docker-compose.yml'), 'utf8');
  const file = parse(text, { merge: true }) as { services: Record<string, Service>; volumes: Record<string, unknown> };

  it('runs a database, a queue, one hub and two workers', () => {
    expect(Object.keys(file.services).sort()).toEqual(['hub', 'postgres', 'valkey', 'worker-1', 'worker-2']);
    expect(['hub', 'worker-1', 'worker-2'].map((name) => file.services[name]?.environment?.['ROLE'])).toEqual(['api', 'worker', 'worker']);
    expect(file.services['postgres']?.image).toMatch(/^postgres:18/);
    expect(file.services['valkey']?.command?.join(' ')).toMatch(/--appendonly yes.*noeviction/);
  });

  it('starts ours only when what they need is healthy, with volumes that exist', () => {
    for (const name of ['hub', 'worker-1', 'worker-2']) {
      for (const [needed, { condition }] of Object.entries(file.services[name]?.depends_on ?? {})) {
        expect(condition).toBe('service_healthy');
        expect(file.services[needed]?.healthcheck?.test.length).toBeGreaterThan(0);
      }
      expect(Object.keys(file.services[name]?.depends_on ?? {})).toHaveLength(2);
    }
    const mounted = Object.values(file.services).flatMap((service) => (service.volumes ?? []).map((volume) => volume.split(':')[0]));
    expect(new Set(mounted)).toEqual(new Set(Object.keys(file.volumes)));
  });

  it('gives every process an environment the configuration accepts', () => {
    const given = { POSTGRES_PASSWORD: 'pw', ETALON_SECRET_KEY: 'ab'.repeat(32) };
    for (const name of ['hub', 'worker-1', 'worker-2']) {
      const env = Object.fromEntries(Object.entries(file.services[name]?.environment ?? {}).map(([key, value]) => [key, fill(String(value), given)]));
      expect(loadConfig({ env: { ...env, NODE_ENV: 'production' } })).toMatchObject({ queue: { redisUrl: 'redis://valkey:6379' }, demo: { enabled: false } });
    }
  });

  it('holds no secret', () => {
    expect(text).not.toMatch(/(PASSWORD|SECRET_KEY):\s+(?!\$\{)\S/);
  });
});
