import { lookup, type LookupAddress, type LookupAllOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Why an address is not gone to; readers have a text for each. */
export const ADDRESS_REASONS = [
  'address-not-a-url',
  'address-scheme',
  'address-user-info',
  'address-port',
  'address-private',
  'address-leads-inside',
  'address-leads-nowhere',
] as const;
export type AddressReason = (typeof ADDRESS_REASONS)[number];

/** An address from data points where no outsider may send us. The message names neither user info nor query. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
  readonly code = 'EADDRESSREFUSED';

  constructor(
    readonly reason: AddressReason,
    message: string,
    /** Values for the text of the reason. */
    readonly params: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
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
    throw new AddressRefused('address-not-a-url', 'The address is not a valid URL');
  }
  const { protocol, hostname, port } = url;
  if (protocol !== 'http:' && protocol !== 'https:') throw new AddressRefused('address-scheme', `Addresses of the kind ${protocol} are not fetched`, { scheme: protocol });
  if (url.username !== '' || url.password !== '') throw new AddressRefused('address-user-info', 'An address with a user name or password is not fetched');
  if (allowed.has(hostAndPort(url))) return url;
  if (!WEB_PORTS.has(effectivePort(url))) throw new AddressRefused('address-port', `Port ${port} of ${hostname} is not a web port`, { host: hostname, port });
  const literal = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  if (ipaddr.isValid(literal) && !isPublicAddress(literal)) throw new AddressRefused('address-private', `${hostname} is not a public address`, { host: hostname });
  return url;
}

function refuseIfPrivate(hostname: string, addresses: readonly LookupAddress[]): AddressRefused | undefined {
  const inside = addresses.some(({ address }) => !isPublicAddress(address));
  return inside ? new AddressRefused('address-leads-inside', `${hostname} leads to an address that is not public`, { host: hostname }) : undefined;
}

/** What asks the name servers, as `dns.lookup` does. */
export type Resolve = (hostname: string, options: LookupAllOptions, callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void) => void;

/** A DNS lookup for sockets: the address that was checked is the one that is connected to. One private answer among public ones refuses them all. */
export function publicLookup(resolve: Resolve = lookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const refusal = error ?? refuseIfPrivate(hostname, addresses);
      const [first] = addresses ?? [];
      if (refusal !== undefined && refusal !== null) callback(refusal, '', 0);
      else if (options.all === true) callback(null, addresses);
      else if (first) callback(null, first.address, first.family);
      else callback(new AddressRefused('address-leads-nowhere', `${hostname} leads nowhere`, { host: hostname }), '', 0);
    });
  };
}
