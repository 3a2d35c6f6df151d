import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth } from '@nestjs/swagger';
import type { Scope } from './scopes.js';

/** Who may call a route: everybody, or a signed-in caller with this scope. */
export type RoutePolicy = { readonly open: true } | { readonly open: false; readonly scope: Scope };

export const ROUTE_POLICY = 'etalon:route-policy';
export const NOT_REMEMBERED = 'etalon:not-remembered';

/** Anyone may call this route, signed in or not. */
export const Open = (): MethodDecorator & ClassDecorator => SetMetadata(ROUTE_POLICY, { open: true } satisfies RoutePolicy);

/** Only a caller with this scope (or `admin`) may call this route. */
export const Requires = (scope: Scope): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(ROUTE_POLICY, { open: false, scope } satisfies RoutePolicy), ApiBearerAuth(), ApiCookieAuth());

/** The answer holds a secret, or is no single value: it is never stored for an idempotency key. */
export const NotRemembered = (): MethodDecorator => SetMetadata(NOT_REMEMBERED, true);
