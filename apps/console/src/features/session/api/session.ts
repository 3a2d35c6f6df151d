import { get, post } from '../../../app/http';

export interface Me {
  readonly name: string;
  readonly scopes: readonly string[];
}

export const me = (): Promise<Me> => get('/api/auth/me');
export const signIn = (name: string, password: string): Promise<unknown> => post('/api/auth/login', { name, password });
export const signOut = (): Promise<unknown> => post('/api/auth/logout');
