/** What a caller may do. `admin` includes everything. */
export const SCOPES = ['read', 'catalog:write', 'steer', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

export const ROLES = ['admin', 'operator', 'viewer'] as const;
export type UserRole = (typeof ROLES)[number];

const ROLE_SCOPES: Readonly<Record<UserRole, readonly Scope[]>> = {
  admin: SCOPES,
  operator: ['read', 'catalog:write', 'steer'],
  viewer: ['read'],
};

export function scopesOfRole(role: UserRole): readonly Scope[] {
  return ROLE_SCOPES[role];
}

/** Who makes a request. `author` is what stands in revisions and evidence. */
export interface Principal {
  readonly kind: 'user' | 'token';
  readonly id: string;
  readonly name: string;
  readonly author: string;
  readonly scopes: readonly Scope[];
}

export function mayDo(principal: Principal, scope: Scope): boolean {
  return principal.scopes.includes('admin') || principal.scopes.includes(scope);
}
