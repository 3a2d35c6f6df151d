import { Tooltip } from 'antd';
import { useCodes } from '../../../i18n/use-codes';
import { kindTone, KindIcon } from '../../../icons/kind-icons';
import { StateIcon, stateTone } from '../../../icons/state-icons';

export function KindTag({ kind }: { readonly kind: string }) {
  const code = useCodes();
  return (
    <Tooltip title={code('kindHint', kind)} mouseEnterDelay={0.4}>
      <span className={`tag kind kind-${kindTone(kind)}`}>
        <KindIcon kind={kind} size={14} />
        <span>{code('kind', kind)}</span>
      </span>
    </Tooltip>
  );
}

export function DriftStateTag({ state, reason }: { readonly state: string; readonly reason?: string | null }) {
  const code = useCodes();
  const why = reason === null || reason === undefined ? undefined : code('reason', reason);
  return (
    <span className={`tag state tone-${stateTone(state)}`} title={why}>
      <StateIcon state={state} size={14} />
      <span>{code('driftState', state)}</span>
    </span>
  );
}

export function CardStateTag({ state }: { readonly state: string }) {
  const code = useCodes();
  return (
    <span className={`tag state tone-${stateTone(state)}`}>
      <StateIcon state={state} size={14} />
      <span>{code('state', state)}</span>
    </span>
  );
}

export function FacetStateTag({ state }: { readonly state: string }) {
  const code = useCodes();
  return (
    <span className={`tag state tone-${stateTone(state)}`}>
      <StateIcon state={state} size={14} />
      <span>{code('facetState', state)}</span>
    </span>
  );
}

/** The state of a drift where there is room for its shape only. */
export function StateMark({ state }: { readonly state: string }) {
  const code = useCodes();
  return (
    <span className={`mark tone-${stateTone(state)}`} title={code('driftState', state)}>
      <StateIcon state={state} />
      <span className="unseen">{code('driftState', state)}</span>
    </span>
  );
}
