const OWN = /(?:^|\/media\/)([0-9a-f]{64})(?:-[\w-]{1,80})?(?:\.[a-z]{3,4})?(?:\?.*)?$/i;

/** The digest in an address under which the hub itself shows a picture, or a digest alone: what exports write. */
export function ownDigest(address: string): string | undefined {
  return OWN.exec(address)?.[1]?.toLowerCase();
}

export function isWebAddress(address: string): boolean {
  return /^https?:\/\//i.test(address);
}
