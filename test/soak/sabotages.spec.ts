import { describe, expect, it } from '@jest/globals';
import { SABOTAGES } from '#reconcile';
import { CHECKS } from './names.js';
import { SABOTAGED, sabotageSeen } from './sabotages.js';

describe('a sabotaged run', () => {
  it('has a promise that must break for every protection that can be switched off', () => {
    expect(Object.keys(SABOTAGED).sort()).toEqual([...SABOTAGES].sort());
    for (const name of SABOTAGES) expect(SABOTAGED[name].breaks.length).toBeGreaterThan(0);
  });

  it('is seen only by a check of what was switched off', () => {
    const fenced = `${CHECKS.fence}: 2 calls were sent under an epoch before 7`;
    const failures = ['the run could not go on: Error', 'fault "hang" never happened', `${CHECKS.alive}: it never came to rest`, fenced];
    expect(sabotageSeen('fence', failures)).toEqual([fenced]);
    expect(sabotageSeen('echo', failures)).toEqual([]);
  });
});
