import type { ReactNode } from 'react';
import { Icon } from './icon';

const PHOTO = <rect x="1.8" y="2.8" width="12.4" height="10.4" rx="1.8" />;

const SHAPES: Readonly<Record<string, ReactNode>> = {
  swapped: <path d="M2 5.2h10.6L9.8 2.4M14 10.8H3.4l2.8 2.8" />,
  gibberish: <path d="M2 12.6V3.4l3.2 5.4 3.2-5.4v9.2M11 4.2h3M11.2 8h2.4M11 12h3" />,
  'photo-lost': (
    <>
      {PHOTO}
      <path d="m5.6 5.6 4.8 4.8m0-4.8-4.8 4.8" />
    </>
  ),
  'photo-replaced': (
    <>
      {PHOTO}
      <path d="M4.6 9.4a3.4 3.4 0 0 1 6-2.6M11.4 6.6a3.4 3.4 0 0 1-6 2.8M10.8 4.8v2.1H8.7" />
    </>
  ),
  'photo-reordered': (
    <>
      <rect x="1.6" y="4" width="5" height="8" rx="1.2" />
      <rect x="9.4" y="4" width="5" height="8" rx="1.2" />
      <path d="M6.8 2.2c.9-.6 1.6-.6 2.4 0M6.8 13.8c.9.6 1.6.6 2.4 0" />
    </>
  ),
  'category-moved': <path d="M1.8 12.6V3.6h4l1.4 1.8h7v7.2ZM6 9.2h4.2M8.6 7.4l1.8 1.8L8.6 11" />,
  'attribute-lost': <path d="M2 4h7M2 8h5M2 12h7M11 6.2l3 3.6M14 6.2l-3 3.6" />,
  'attribute-changed': <path d="M2 4h6M2 8h4.4M2 12h3M8.4 12.8l.4-2.3 4-4 1.8 1.8-4 4Z" />,
  'text-changed': <path d="M2 3.4h9M6.5 3.4v9.2M4.6 12.6h3.8M10 12.4l.3-1.9 2.7-2.7 1.5 1.5-2.7 2.7Z" />,
  'dimensions-changed': <path d="M1.8 10.6 10.6 1.8l3.6 3.6-8.8 8.8ZM4.6 7.8l1.6 1.6M7 5.4l1.1 1.1M9.2 3.2l1.6 1.6" />,
  price: <path d="M5.2 14V2.4h3.6a3.2 3.2 0 0 1 0 6.4H3.4M3.4 11.4h5.4" />,
  stock: <path d="M8 1.8 14 5v6L8 14.2 2 11V5ZM2 5l6 3.2L14 5M8 8.2v6" />,
  'not-buyable': (
    <>
      <path d="M1.6 2.4h1.8l1.6 7.8h7l1.4-5.6H4" />
      <path d="m2 14 12-12" />
    </>
  ),
  missing: (
    <>
      <rect x="2.4" y="2.4" width="11.2" height="11.2" rx="2" strokeDasharray="2.4 2.2" />
      <path d="M5.6 8h4.8" />
    </>
  ),
  orphan: (
    <>
      <rect x="2.4" y="2.4" width="11.2" height="11.2" rx="2" />
      <path d="M6.4 6.4c.2-2 3.2-1.9 3.2 0 0 1.1-1.6 1.3-1.6 2.4M8 11.2v.1" />
    </>
  ),
};

export function KindIcon({ kind, size }: { readonly kind: string; readonly size?: number }) {
  return <Icon size={size}>{SHAPES[kind] ?? <circle cx="8" cy="8" r="5" />}</Icon>;
}

/** The family a kind belongs to, for its colour: what the buyer is misled about. */
export function kindTone(kind: string): 'identity' | 'picture' | 'text' | 'number' | 'presence' {
  if (kind === 'swapped') return 'identity';
  if (kind.startsWith('photo-')) return 'picture';
  if (kind === 'price' || kind === 'stock' || kind === 'dimensions-changed') return 'number';
  if (kind === 'not-buyable' || kind === 'missing' || kind === 'orphan' || kind === 'category-moved') return 'presence';
  return 'text';
}
