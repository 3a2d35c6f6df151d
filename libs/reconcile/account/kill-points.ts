/** The places between two effects where a process may die; each is hit by a test that kills it there. */
export const KILL_POINTS = ['before-intent', 'after-intent', 'after-send', 'after-answer', 'after-record'] as const;
export type KillPoint = (typeof KILL_POINTS)[number];

export type PassKillPoint = (point: KillPoint) => void;

export const passOn: PassKillPoint = () => undefined;

/** Dies the hard way the first time `point` is passed: nothing is flushed, as with a lost machine. */
export function dieAt(point: KillPoint): PassKillPoint {
  return (passed) => {
    if (passed === point) process.kill(process.pid, 'SIGKILL');
  };
}
