import { type AppConfig, FatalStartError } from '#platform';
import { KILL_POINTS, type KillPoint, SABOTAGES, type SabotageName } from '#reconcile';

export interface OrderedFaults {
  readonly killAt: KillPoint | undefined;
  readonly sabotage: readonly SabotageName[];
}

/** The damage that the fault tests ordered by configuration. @throws FatalStartError for an unknown name, or without the demo */
export function orderedFaults({ faults, demo }: AppConfig): OrderedFaults {
  const names = faults.sabotage?.split(',') ?? [];
  if (faults.kill === undefined && names.length === 0) return { killAt: undefined, sabotage: [] };
  if (!demo.enabled) {
    throw new FatalStartError('ETALON_FAULT_KILL and ETALON_FAULT_SABOTAGE break the hub on purpose and work on the demo only.', 'Unset them, or start with ETALON_DEMO=on.', {
      told: { code: 'faults-without-demo' },
    });
  }
  const killAt = KILL_POINTS.find((point) => point === faults.kill);
  if (faults.kill !== undefined && killAt === undefined) {
    throw new FatalStartError('ETALON_FAULT_KILL names no kill point.', `Use one of ${KILL_POINTS.join(', ')}.`, {
      told: { code: 'kill-point-unknown', params: { known: KILL_POINTS.join(', ') } },
    });
  }
  const sabotage = names.flatMap((name) => SABOTAGES.filter((known) => known === name));
  if (sabotage.length < names.length) {
    throw new FatalStartError('ETALON_FAULT_SABOTAGE names a protection that is not known.', `Use ${SABOTAGES.join(', ')}.`, {
      told: { code: 'sabotage-unknown', params: { known: SABOTAGES.join(', ') } },
    });
  }
  return { killAt, sabotage };
}
