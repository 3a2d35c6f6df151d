import { Collapse, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../format/use-format';
import type { Drift, ProofLine } from '../api/drifts';

function toneOf(kind: string): string {
  if (kind === 'drift.healed' || kind === 'push.verified') return 'in_sync';
  if (kind === 'drift.noticed' || kind === 'drift.again' || kind === 'row.drift') return 'drifted';
  if (kind === 'drift.held' || kind === 'brake.pulled') return 'held';
  if (kind === 'push.refused' || kind === 'push.unknown' || kind === 'case.opened') return 'failing';
  return kind === 'drift.ignored' ? 'ignored' : 'pending';
}

function Exchange({ line }: { readonly line: ProofLine }) {
  const { t } = useTranslation();
  const parts = [
    ['request', line.request],
    ['answer', line.answer],
  ] as const;
  const items = parts.flatMap(([name, value]) =>
    value === undefined || value === null
      ? []
      : [{ key: name, label: t(`drawer.${name}`), children: <pre className="json">{typeof value === 'string' ? value : JSON.stringify(value, null, 2)}</pre> }],
  );
  return items.length === 0 ? null : <Collapse ghost size="small" items={items} />;
}

/** Noticed → repaired → verified, as the record tells it. */
export function DriftTimeline({ drift, lines }: { readonly drift: Drift; readonly lines: readonly ProofLine[] | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (lines === undefined) return <Skeleton active paragraph={{ rows: 3 }} title={false} />;
  const first = Date.parse(drift.noticed_at);
  return (
    <ol className="timeline">
      {lines.map((line, at) => {
        const after = (Date.parse(line.at) - first) / 1000;
        return (
          <li key={line.seq ?? `${line.at}-${at}`} className={`tone-${toneOf(line.kind)}`}>
            <span className="timeline-time numbers">
              {format.time(line.at)}
              {after >= 1 ? <span className="quiet"> {t('drawer.after', { time: format.duration(after) })}</span> : null}
            </span>
            <span>{line.shown}</span>
            <Exchange line={line} />
          </li>
        );
      })}
    </ol>
  );
}
