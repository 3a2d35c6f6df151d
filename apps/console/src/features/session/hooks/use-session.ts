import { useEffect } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { HubProblem, onSignedOut } from '../../../app/http';
import { me, signIn, signOut } from '../api/session';

export const ME = ['me'] as const;

type Session =
  | { readonly state: 'loading' }
  | { readonly state: 'signed-out' }
  | { readonly state: 'unreachable'; readonly problem: unknown; retry(): void }
  | { readonly state: 'signed-in'; readonly name: string };

export function useSession(): Session {
  const queries = useQueryClient();
  const { data, error, isPending, refetch } = useQuery({ queryKey: ME, queryFn: me, retry: false, staleTime: Infinity });
  useEffect(
    () =>
      onSignedOut(() => {
        if (queries.getQueryData(ME) !== undefined) void queries.resetQueries({ queryKey: ME });
      }),
    [queries],
  );
  if (isPending) return { state: 'loading' };
  if (error instanceof HubProblem && error.status === 401) return { state: 'signed-out' };
  if (error !== null) return { state: 'unreachable', problem: error, retry: () => void refetch() };
  return { state: 'signed-in', name: data.name };
}

export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ name, password }: { readonly name: string; readonly password: string }) => signIn(name, password),
    onSuccess: () => queries.invalidateQueries({ queryKey: ME }),
  });
}

export function useSignOut(): () => void {
  const queries = useQueryClient();
  const { mutate } = useMutation({ mutationFn: signOut, onSettled: () => queries.clear(), onSuccess: () => window.location.assign('/') });
  return () => mutate();
}
