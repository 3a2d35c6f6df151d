import { type INestApplication, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { FatalStartError } from '#platform';
import { ROUTE_POLICY, type RoutePolicy } from './policy.js';

export interface DeclaredRoute {
  readonly method: string;
  readonly path: string;
  readonly handler: string;
  readonly policy: RoutePolicy | undefined;
}

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [''];
}

/** Every route of every controller with the policy it declares. */
export function declaredRoutes(app: INestApplication): DeclaredRoute[] {
  const reflector = app.get(Reflector);
  const scanner = new MetadataScanner();
  const found: DeclaredRoute[] = [];
  for (const { instance, metatype } of app.get(DiscoveryService).getControllers()) {
    if (typeof instance !== 'object' || instance === null || typeof metatype !== 'function') continue;
    const prototype: object = Object.getPrototypeOf(instance);
    for (const name of scanner.getAllMethodNames(prototype)) {
      const handler: unknown = Reflect.get(prototype, name);
      if (typeof handler !== 'function') continue;
      const method: unknown = Reflect.getMetadata(METHOD_METADATA, handler);
      if (typeof method !== 'number') continue;
      const policy = reflector.getAllAndOverride<RoutePolicy | undefined>(ROUTE_POLICY, [handler as () => void, metatype as new () => object]);
      for (const base of texts(Reflect.getMetadata(PATH_METADATA, metatype))) {
        for (const path of texts(Reflect.getMetadata(PATH_METADATA, handler))) {
          const whole = `/${base}/${path}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');
          found.push({ method: RequestMethod[method] ?? String(method), path: whole, handler: `${metatype.name}.${name}`, policy });
        }
      }
    }
  }
  return found;
}

/** @throws FatalStartError naming the routes that declare no policy */
export function assertEveryRouteHasPolicy(routes: readonly DeclaredRoute[]): void {
  const bare = routes.filter((route) => route.policy === undefined);
  if (routes.length > 0 && bare.length === 0) return;
  const named = bare.map((route) => `${route.method} ${route.path}`).join(', ');
  throw new FatalStartError(
    routes.length === 0 ? 'The hub found no routes of its own.' : `These routes declare no policy: ${named}.`,
    'Put @Open() or @Requires(…) on each of them.',
    { told: { code: 'route-without-policy', params: { routes: named || '—' } } },
  );
}
