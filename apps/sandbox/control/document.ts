import { readFileSync } from 'node:fs';
import type { Market } from '../market.js';
import { controlShapes } from './shapes.js';
import type document from '../control.openapi.json';

// The type-only import makes the compiler copy the file.
const first = JSON.parse(readFileSync(new URL('../control.openapi.json', import.meta.url), 'utf8')) as typeof document;

/** Answers of which every market has its own shape; the rest is the same everywhere. */
const OWN = { type: 'object' };
const FACET = { $ref: '#/components/schemas/Facet' };

/** The OpenAPI document of a market's control surface under `/<id>/_control`. */
export function describeControl({ id, control }: Pick<Market, 'id' | 'control'>): object {
  const shapes = controlShapes(control);
  const { ClockRequest: _clock, Cabinet: _cabinet, Key: _key, Markets: _markets, ...schemas } = first.components.schemas;
  const own = {
    Cabinet: { ...OWN, description: 'Keys with their expiry, limits, delays.' },
    CabinetChange: control.cabinetShape,
    ResetRequest: shapes.resetMarket,
    SeedRequest: shapes.seed,
    FaultsRequest: shapes.faults,
    GremlinsRequest: shapes.gremlins,
    Card: {
      ...OWN,
      properties: { offer_id: { type: 'string' }, facets: { ...OWN, additionalProperties: FACET }, before_scramble: { type: 'array' } },
      required: ['offer_id', 'facets', 'before_scramble'],
    },
    Cards: listOf('cards', {
      ...OWN,
      properties: { offer_id: { type: 'string' }, digests: { ...OWN, additionalProperties: { type: 'string' } } },
      required: ['offer_id', 'digests'],
    }),
    Stats: {
      ...OWN,
      properties: { requests: counts(), answers: counts(), compressed: { type: 'integer' }, scheduled: { type: 'integer' } },
      required: ['requests', 'answers', 'scheduled'],
    },
  };
  return {
    ...first,
    info: {
      ...first.info,
      title: `Marketplace sandbox: control surface of ${id}`,
      description: `The other side of the simulated ${id}, whose API is under /${id}. The clock is under /_control/clock.`,
    },
    paths: pathsOf(id, Object.keys(control.actions)),
    components: { schemas: { ...schemas, ...own } },
  };
}

function pathsOf(id: string, actions: readonly string[]): Record<string, object> {
  const action = '/_control/cards/{offerId}/release';
  const { [action]: act, ['/_control/clock']: _clock, ['/_control/markets']: _markets, ...rest } = first.paths;
  const named = Object.entries(rest)
    .filter(([path]) => !path.includes('{offerId}/'))
    .map(([path, verbs]): [string, object] => [`/${id}${path}`, verbs]);
  const acts = actions.map((name): [string, object] => [
    `/${id}/_control/cards/{offerId}/${name}`,
    { post: { ...act.post, operationId: name, summary: `What a person does in the cabinet: ${name}`, description: '' } },
  ]);
  return Object.fromEntries([...named, ...acts]);
}

const counts = (): object => ({ type: 'object', additionalProperties: { type: 'integer' } });

function listOf(name: string, items: object): object {
  return { type: 'object', properties: { [name]: { type: 'array', items }, cursor: { type: 'string', description: 'Empty after the last page.' } }, required: [name, 'cursor'] };
}
