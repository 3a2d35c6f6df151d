import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.js';
import { ApiTokens } from './api-tokens.js';
import './caller.js';
import { ROUTE_POLICY, type RoutePolicy } from './policy.js';
import { assertSameSite } from './same-site.js';
import { mayDo, type Principal } from './scopes.js';
import { SESSION_COOKIE } from './session-cookie.js';
import { Sessions } from './sessions.js';

/** Stands before every route: no policy, no entry. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: Sessions,
    private readonly tokens: ApiTokens,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const policy = this.reflector.getAllAndOverride<RoutePolicy | undefined>(ROUTE_POLICY, [context.getHandler(), context.getClass()]);
    if (policy === undefined) throw new Problem(403, 'no-policy', 'This route has no policy and is closed');
    if (policy.open) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const principal = await this.identify(request);
    if (principal === undefined) {
      throw new Problem(401, 'not-signed-in', 'Sign in first', { headers: { 'www-authenticate': 'Bearer' } });
    }
    if (!mayDo(principal, policy.scope)) {
      throw new Problem(403, 'not-allowed', 'This caller may not do that', { params: { scope: policy.scope } });
    }
    request.principal = principal;
    return true;
  }

  private async identify(request: FastifyRequest): Promise<Principal | undefined> {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const token = /^Bearer +([\w-]{1,200})$/i.exec(authorization)?.[1];
      return token === undefined ? undefined : this.tokens.principal(token);
    }
    const cookie = request.cookies[SESSION_COOKIE];
    if (cookie === undefined || cookie === '') return undefined;
    const principal = await this.sessions.principal(cookie);
    if (principal !== undefined) assertSameSite(request);
    return principal;
  }
}
