import type { ReactNode } from 'react';
import { Icon } from './icon';

/** Every state has a shape of its own: colour alone tells some people nothing. */
const SHAPES: Readonly<Record<string, ReactNode>> = {
  in_sync: (
    <>
      <circle cx="8" cy="8" r="6.2" />
      <path d="m5.2 8.2 2 2 3.6-4.2" />
    </>
  ),
  pending: (
    <>
      <circle cx="8" cy="8" r="6.2" strokeDasharray="2.6 2.2" />
      <path d="M8 4.8V8l2.2 1.6" />
    </>
  ),
  drifted: (
    <>
      <path d="M8 1.9 14.6 13.6H1.4Z" />
      <path d="M8 6.4v3.2M8 11.7v.1" />
    </>
  ),
  failing: (
    <>
      <path d="M5.3 1.8h5.4l3.5 3.5v5.4l-3.5 3.5H5.3l-3.5-3.5V5.3Z" />
      <path d="m5.9 5.9 4.2 4.2m0-4.2-4.2 4.2" />
    </>
  ),
  held: (
    <>
      <rect x="1.9" y="1.9" width="12.2" height="12.2" rx="2.6" />
      <path d="M6.3 5.4v5.2M9.7 5.4v5.2" />
    </>
  ),
  ignored: (
    <>
      <path d="M1.6 8S4 3.9 8 3.9 14.4 8 14.4 8 12 12.1 8 12.1 1.6 8 1.6 8Z" />
      <path d="m2.6 13.4 10.8-10.8" />
    </>
  ),
  unknown: (
    <>
      <path d="M8 1.6 14.4 8 8 14.4 1.6 8Z" />
      <path d="M6.5 6.6c.2-1.9 3-1.8 3 0 0 1-1.5 1.2-1.5 2.2M8 11v.1" />
    </>
  ),
};

/** Drift states and facet states borrow the shape of what they mean for the card. */
const ALIKE: Readonly<Record<string, string>> = {
  open: 'drifted',
  repairing: 'pending',
  healed: 'in_sync',
  superseded: 'ignored',
  case: 'failing',
  sending: 'pending',
  settling: 'pending',
  unverified: 'unknown',
};

export function stateTone(state: string): string {
  return ALIKE[state] ?? (state in SHAPES ? state : 'unknown');
}

export function StateIcon({ state, size }: { readonly state: string; readonly size?: number }) {
  return <Icon size={size}>{SHAPES[stateTone(state)]}</Icon>;
}
