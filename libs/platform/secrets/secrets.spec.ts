import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createLogger } from '../logging/logger.js';
import { FatalStartError } from '../process/fatal-start-error.js';
import { KnownSecrets, knownSecrets, redact, redactText } from './redact.js';
import { loadSecretKey } from './secret-key.js';
import { SecretUnreadable, Vault } from './vault.js';

const made: string[] = [];
afterEach(() => made.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));
function dataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  made.push(folder);
  return folder;
}
const fresh = (): Vault => new Vault(loadSecretKey({ dataDir: dataDir(), secrets: {} }), [], new KnownSecrets());

describe('the key of the vault', () => {
  it('is made once, for our eyes only', () => {
    const folder = dataDir();
    const first = loadSecretKey({ dataDir: folder, secrets: {} });
    expect(loadSecretKey({ dataDir: folder, secrets: {} }).id).toBe(first.id);
    expect(statSync(join(folder, 'secret.key')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, 'secret.key'), 'utf8')).not.toContain(first.id);
  });

  it('is taken from the environment in both notations', () => {
    const bytes = Buffer.alloc(32, 7);
    const [hex, base64] = [bytes.toString('hex'), bytes.toString('base64')].map((key) => loadSecretKey({ dataDir: '/nowhere', secrets: { key } }).id);
    expect(hex).toBe(base64);
  });

  it('is refused when the file is damaged, without being overwritten', () => {
    const folder = dataDir();
    writeFileSync(join(folder, 'secret.key'), 'oops\n');
    expect(() => loadSecretKey({ dataDir: folder, secrets: {} })).toThrow(FatalStartError);
    expect(readFileSync(join(folder, 'secret.key'), 'utf8')).toBe('oops\n');
  });
});

describe('the vault', () => {
  it('gives back what it sealed and shows nothing of it', () => {
    const vault = fresh();
    fc.assert(
      fc.property(fc.string({ minLength: 8, unit: 'binary' }), fc.string(), (plain, place) => {
        const sealed = vault.seal(plain, place);
        expect(vault.open(sealed, place)).toBe(plain);
        expect(sealed).not.toContain(plain);
      }),
      { numRuns: 50 },
    );
  });

  it('says that the key is another one', () => {
    const sealed = fresh().seal('k-secret', 'account:1');
    expect(() => fresh().open(sealed, 'account:1')).toThrow(expect.objectContaining({ name: 'SecretUnreadable', reason: 'other-key' }));
  });

  it('does not open in another place or after any change', () => {
    const vault = fresh();
    const sealed = vault.seal('k-secret', 'account:1');
    expect(() => vault.open(sealed, 'account:2')).toThrow(SecretUnreadable);
    for (let at = 0; at < sealed.length; at += 7) {
      const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
      expect(() => vault.open(changed, 'account:1')).toThrow(SecretUnreadable);
    }
  });

  it('opens with a former key after a rotation', () => {
    const [older, newer] = [loadSecretKey({ dataDir: dataDir(), secrets: {} }), loadSecretKey({ dataDir: dataDir(), secrets: {} })];
    const sealed = new Vault(older).seal('k-secret', 'p');
    expect(new Vault(newer, [older]).open(sealed, 'p')).toBe('k-secret');
  });
});

describe('redaction', () => {
  it('masks by name, by known value and inside of texts, at any depth', () => {
    const known = new KnownSecrets();
    known.add('c0ffee-key');
    const clean = JSON.stringify(
      redact(
        {
          headers: { 'Api-Key': 'x1', Authorization: 'Bearer abcdefgh', 'Client-Id': '42' },
          nested: [{ deep: { note: 'sent c0ffee-key today' } }],
          url: 'postgres://etalon:s3cret@h/db',
          error: new Error('failed with c0ffee-key'),
          sku: 'A-1',
        },
        known,
      ),
    );
    expect(clean).not.toMatch(/x1|abcdefgh|c0ffee|s3cret/);
    expect(clean).toMatch(/"Client-Id":"42"/);
    expect(clean).toContain('"sku":"A-1"');
  });

  it('survives circles, depth and odd values', () => {
    const circle: Record<string, unknown> = { n: 1n, f: () => 1, when: new Date(0), bytes: Buffer.from('abc') };
    circle['self'] = circle;
    expect(redact(circle)).toEqual({ n: '1', f: undefined, when: '1970-01-01T00:00:00.000Z', bytes: '[3 bytes]', self: '[circular]' });
    let deep: unknown = 1;
    for (let level = 0; level < 10_000; level += 1) deep = { deep };
    expect(JSON.stringify(redact(deep))).toContain('[too deep]');
  });

  it('leaves ordinary text alone', () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !/:\/\/|bearer|basic/i.test(text)),
        (text) => expect(redactText(text, new KnownSecrets())).toBe(text),
      ),
    );
  });

  it('holds in every way a line can be logged', () => {
    const lines: string[] = [];
    const log = createLogger({ level: 'trace', destination: new Writable({ write: (chunk, _encoding, done) => (lines.push(String(chunk)), done()) }) });
    knownSecrets.add('canary-77aa');
    try {
      log.info('plain canary-77aa');
      log.info({ apiKey: 'other-secret', note: 'canary-77aa' }, 'with %s', 'canary-77aa');
      log.error(new Error('canary-77aa'));
      log.error({ err: new Error('boom', { cause: new Error('canary-77aa') }) }, 'x');
      log.child({ account: 'canary-77aa', token: 'other-secret' }).warn('child');
    } finally {
      knownSecrets.forget('canary-77aa');
    }
    expect(lines).toHaveLength(5);
    expect(lines.join('')).not.toMatch(/canary-77aa|other-secret/);
    expect(lines.join('')).toContain('[redacted]');
  });
});
