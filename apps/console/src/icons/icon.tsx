import type { ReactNode } from 'react';

/** Line icons on a 16 px grid; they take the colour of the text around them. */
export function Icon({ children, size = 16, title }: { readonly children: ReactNode; readonly size?: number; readonly title?: string }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      role={title === undefined ? 'presentation' : 'img'}
      aria-hidden={title === undefined}
      aria-label={title}
    >
      {children}
    </svg>
  );
}
