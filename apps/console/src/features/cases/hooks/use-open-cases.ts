import { useQuery } from '@tanstack/react-query';
import { readCases } from '../api/cases';

const LIVE_MS = 15_000;
const MOST = 99;

/** How many cases wait, as a badge shows it: '' for none, "99+" for more. */
export function useOpenCases(): string {
  const { data } = useQuery({ queryKey: ['cases', 'count'], queryFn: () => readCases('open', undefined, MOST), refetchInterval: LIVE_MS, retry: false });
  if (data === undefined || data.items.length === 0) return '';
  return data.next_cursor === null ? String(data.items.length) : `${MOST}+`;
}
