import { KEYS, type Key, type KeyName } from './cabinet.js';
import type { Act } from './endpoint.js';
import type { Office } from './office.js';
import { checkSignature, oauthOf, type Nonces } from './oauth.js';
import { Problem } from './problem.js';

export interface Asking {
  readonly verb: string;
  /** The address as it was asked for, query and all. */
  readonly target: string;
  readonly authorization: string | undefined;
  readonly act: Act;
}

/** Whose key a request carries; throws what the shop answers to one that may not do this. */
export function authorise(office: Office, nonces: Nonces, asking: Asking): KeyName {
  const name = basic(office, asking) ?? signed(office, nonces, asking);
  if (name === undefined) throw cannot(asking.act);
  const { permissions } = office.cabinet.current.keys[name];
  const writes = asking.verb !== 'GET' && asking.verb !== 'HEAD';
  if (writes ? permissions === 'read' : permissions === 'write') throw refused(`The API key provided does not have ${writes ? 'write' : 'read'} permissions.`);
  return name;
}

/** Pairs in a header or in the query count only over TLS. */
function basic(office: Office, { target, authorization }: Asking): KeyName | undefined {
  if (!office.cabinet.current.tls) return undefined;
  const pair = fromHeader(authorization) ?? fromQuery(target);
  const name = pair && known(office, pair.key);
  if (!pair || !name) return undefined;
  if (office.cabinet.current.keys[name].consumer_secret !== pair.secret) throw refused('Consumer secret is invalid.');
  return name;
}

function fromHeader(authorization: string | undefined): { key: string; secret: string } | undefined {
  const [scheme = '', coded = ''] = (authorization ?? '').split(' ');
  if (scheme.toLowerCase() !== 'basic') return undefined;
  const decoded = Buffer.from(coded, 'base64').toString('utf8');
  const at = decoded.indexOf(':');
  return at < 0 ? undefined : { key: decoded.slice(0, at), secret: decoded.slice(at + 1) };
}

function fromQuery(target: string): { key: string; secret: string } | undefined {
  const query = new URLSearchParams(target.split('?')[1] ?? '');
  const [key, secret] = [query.get('consumer_key'), query.get('consumer_secret')];
  return key && secret ? { key, secret } : undefined;
}

function signed(office: Office, nonces: Nonces, { verb, target }: Asking): KeyName | undefined {
  const [path = '', query = ''] = target.split('?');
  const said = oauthOf(query);
  if (!said) return undefined;
  const name = known(office, said['oauth_consumer_key'] ?? '');
  if (!name) throw refused('Consumer key is invalid.');
  const key: Key = office.cabinet.current.keys[name];
  const base = office.cabinet.current.tls ? office.baseUrl().replace(/^http:/, 'https:') : office.baseUrl();
  checkSignature({ verb, url: base + path, query }, said, key, nonces, [office.clock.now(), Date.now()]);
  return name;
}

function known(office: Office, consumerKey: string): KeyName | undefined {
  const { keys } = office.cabinet.current;
  return KEYS.find((name) => keys[name].consumer_key === consumerKey && !keys[name].revoked);
}

/** What somebody without any right is told. */
export function cannot(act: Act): Problem {
  const doing: Record<Act, [string, string]> = {
    list: ['view', 'list resources'],
    view: ['view', 'view this resource'],
    create: ['create', 'create resources'],
    edit: ['edit', 'edit this resource'],
    delete: ['delete', 'delete this resource'],
    batch: ['batch', 'batch manipulate this resource'],
  };
  const [code, what] = doing[act];
  return new Problem(401, `woocommerce_rest_cannot_${code}`, `Sorry, you cannot ${what}.`);
}

const refused = (why: string): Problem => new Problem(401, 'woocommerce_rest_authentication_error', why);
