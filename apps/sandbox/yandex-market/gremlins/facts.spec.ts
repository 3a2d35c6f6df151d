import { describe, expect, it } from '@jest/globals';
import { seeded } from '../../random.js';
import { findParameter, parametersOf, allLeaves } from '../categories.js';
import type { Card, ParameterValue } from '../model.js';
import type { Office } from '../office.js';
import { attributeChanged } from './facts.js';

const list = parametersOf(allLeaves()[0]?.id ?? 0).find((one) => one.type === 'ENUM' && one.values.length > 1);
const id = list?.id ?? 0;
const value = (at: number): ParameterValue => ({ parameterId: id, valueId: findParameter(id)?.values[at]?.id ?? 0 });
const change = (parameters: ParameterValue[]) => attributeChanged({} as Office, { parameters } as Card, seeded(1));

describe('a gremlin that changes a characteristic', () => {
  it('takes another value of the list, where there is one left', () => {
    const all = (findParameter(id)?.values ?? []).map((_, at) => value(at));
    expect(all.length).toBeGreaterThan(1);
    expect(change(all.slice(1))?.facet).toBe('attributes');
    expect(change(all)).toBeUndefined();
  });
});
