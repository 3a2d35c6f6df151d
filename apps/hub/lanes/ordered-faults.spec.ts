import { describe, expect, it } from '@jest/globals';
import { FatalStartError, loadConfig } from '#platform';
import { orderedFaults } from './ordered-faults.js';

const order = (env: Record<string, string>) => orderedFaults(loadConfig({ env }));

describe('faults ordered by configuration', () => {
  it('are none by default, with the demo and without', () => {
    expect(order({})).toEqual({ killAt: undefined, sabotage: [] });
    expect(order({ ETALON_DEMO: 'off' })).toEqual({ killAt: undefined, sabotage: [] });
  });

  it('are read by name', () => {
    expect(order({ ETALON_FAULT_KILL: 'after-send', ETALON_FAULT_SABOTAGE: 'fence,echo' })).toEqual({ killAt: 'after-send', sabotage: ['fence', 'echo'] });
  });

  it.each([
    ['without the demo', { ETALON_DEMO: 'off', ETALON_FAULT_SABOTAGE: 'fence' }],
    ['without the demo', { ETALON_DEMO: 'off', ETALON_FAULT_KILL: 'after-send' }],
    ['with a kill point nobody passes', { ETALON_FAULT_KILL: 'after-lunch' }],
    ['with a protection nobody has', { ETALON_FAULT_SABOTAGE: 'fence,gate' }],
  ])('are refused %s', (_when, env) => {
    expect(() => order(env)).toThrow(FatalStartError);
  });
});
