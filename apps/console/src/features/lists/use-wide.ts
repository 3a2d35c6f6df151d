import { useEffect, useState } from 'react';

export function useWide(pixels: number): boolean {
  const [wide, setWide] = useState(() => window.innerWidth >= pixels);
  useEffect(() => {
    const query = window.matchMedia(`(min-width: ${pixels}px)`);
    const follow = (): void => setWide(query.matches);
    follow();
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, [pixels]);
  return wide;
}
