import { useQuery } from '@tanstack/react-query';
import { me } from '../api/session';
import { ME } from './use-session';

/** Whether whoever is signed in may do what needs this scope. */
export function useMay(scope: 'steer' | 'catalog:write' | 'admin'): boolean {
  const { data } = useQuery({ queryKey: ME, queryFn: me, retry: false, staleTime: Infinity });
  return data !== undefined && (data.scopes.includes(scope) || data.scopes.includes('admin'));
}
