import { lookup as resolve, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** An address from data points where no outsider may send us. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
  readonly code = 'EADDRESSREFUSED';
}

const GLOBAL_IPV6 = ipaddr.IPv6.parse('2000::');
const WEB_PORTS = new Set(['80', '443', '8080', '8443']);

/** Whether the address belongs to the open internet: not this machine, not a private, link-local, mapped, tunnelled or reserved range. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  // Of IPv6 only 2000::/3 was ever given out; outside of it lie forms that some systems read as IPv4.
  if (parsed instanceof ipaddr.IPv6 && !parsed.match(GLOBAL_IPV6, 3)) return false;
  return parsed.range() === 'unicast';
}

function effectivePort(url: URL): string {
  return url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
}

/** `host:port` as it is written in a list of allowed private hosts. */
export function hostAndPort(url: URL): string {
  return `${url.hostname.toLowerCase()}:${effectivePort(url)}`;
}

/**
 * Checks what can be told from the text alone; names are checked again when they are resolved, see `publicLookup`.
 * Exact `host:port` entries of `allowed` pass unchecked.
 * @throws AddressRefused whose message names neither user info nor query
 */
export function assertPublicUrl(text: string, allowed: ReadonlySet<string> = new Set()): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new AddressRefused('The address is not a valid URL');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new AddressRefused(`Addresses of the kind ${url.protocol} are not fetched`);
  if (url.username !== '' || url.password !== '') throw new AddressRefused('An address with a user name or password is not fetched');
  if (allowed.has(hostAndPort(url))) return url;
  if (!WEB_PORTS.has(effectivePort(url))) throw new AddressRefused(`Port ${url.port} of ${url.hostname} is not a web port`);
  const literal = url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
  if (ipaddr.isValid(literal) && !isPublicAddress(literal)) throw new AddressRefused(`${url.hostname} is not a public address`);
  return url;
}

function refuseIfPrivate(hostname: string, addresses: readonly LookupAddress[]): AddressRefused | undefined {
  const inside = addresses.some(({ address }) => !isPublicAddress(address));
  return inside ? new AddressRefused(`${hostname} leads to an address that is not public`) : undefined;
}

/** A DNS lookup for sockets: the address that was checked is the one that is connected to. One private answer among public ones refuses them all. */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    const refusal = error ?? refuseIfPrivate(hostname, addresses);
    const [first] = addresses ?? [];
    if (refusal !== undefined && refusal !== null) callback(refusal, '', 0);
    else if (options.all === true) callback(null, addresses);
    else if (first) callback(null, first.address, first.family);
    else callback(new AddressRefused(`${hostname} leads nowhere`), '', 0);
  });
};
