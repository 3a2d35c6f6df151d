import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { isSecretName, type KnownSecrets, knownSecrets } from './redact.js';
import type { SecretKey } from './secret-key.js';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const FORMAT = 'e1';

/** The stored secret was sealed with another key, for another place, or was changed. */
export class SecretUnreadable extends Error {
  override readonly name = 'SecretUnreadable';
  constructor(readonly reason: 'other-key' | 'damaged') {
    super(
      reason === 'other-key'
        ? 'The stored secret was encrypted with another key: set the former ETALON_SECRET_KEY (or restore secret.key), or enter the channel keys again'
        : 'The stored secret is damaged or belongs elsewhere: enter it again',
    );
  }
}

function encrypt(key: Buffer, plain: Buffer, place: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce);
  cipher.setAAD(Buffer.from(place));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Buffer, sealed: Buffer, place: string): Buffer {
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(place));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES)), decipher.final()]);
}

/**
 * Seals secrets for the database. Each has a data key of its own, wrapped with the master key, so changing the master key rewrites only the wrapping.
 * `place` (e.g. `account:<id>`) is bound to the secret: a sealed text copied to another row does not open there.
 */
export class Vault {
  constructor(
    private readonly key: SecretKey,
    private readonly formerKeys: readonly SecretKey[] = [],
    private readonly known: KnownSecrets = knownSecrets,
  ) {}

  seal(plain: string, place: string): string {
    const dataKey = randomBytes(32);
    const wrapped = encrypt(this.key.bytes, dataKey, `${FORMAT}:${this.key.id}`);
    const body = encrypt(dataKey, Buffer.from(plain, 'utf8'), place);
    return [FORMAT, this.key.id, wrapped.toString('base64url'), body.toString('base64url')].join('.');
  }

  /** @throws SecretUnreadable */
  open(sealed: string, place: string): string {
    const [format, keyId, wrapped, body] = sealed.split('.');
    if (format !== FORMAT || keyId === undefined || wrapped === undefined || body === undefined) throw new SecretUnreadable('damaged');
    const key = [this.key, ...this.formerKeys].find((candidate) => candidate.id === keyId);
    if (key === undefined) throw new SecretUnreadable('other-key');
    let plain: string;
    try {
      const dataKey = decrypt(key.bytes, Buffer.from(wrapped, 'base64url'), `${FORMAT}:${keyId}`);
      plain = decrypt(dataKey, Buffer.from(body, 'base64url'), place).toString('utf8');
    } catch {
      throw new SecretUnreadable('damaged');
    }
    return plain;
  }

  /** Seals a small map of credentials, e.g. `{clientId, apiKey}`. */
  sealFields(fields: Readonly<Record<string, string>>, place: string): string {
    this.#register(fields);
    return this.seal(JSON.stringify(fields), place);
  }

  /** Opens what `sealFields` made; secret values are masked in logs from here on. @throws SecretUnreadable */
  openFields(sealed: string, place: string): Record<string, string> {
    const parsed: unknown = JSON.parse(this.open(sealed, place));
    if (typeof parsed !== 'object' || parsed === null) throw new SecretUnreadable('damaged');
    const fields = Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, String(value)]));
    this.#register(fields);
    return fields;
  }

  /** Public parts of credentials (a client id, a user name) stay readable in logs. */
  #register(fields: Readonly<Record<string, string>>): void {
    this.known.add(
      ...Object.entries(fields)
        .filter(([name]) => isSecretName(name))
        .map(([, value]) => value),
    );
  }
}
