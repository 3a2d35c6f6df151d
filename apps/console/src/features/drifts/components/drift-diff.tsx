import { useTranslation } from 'react-i18next';
import type { Drift, FacetDiff } from '../api/drifts';
import { useFieldName } from '../hooks/use-field-name';
import { useFieldValue } from '../hooks/use-field-value';
import { PicturesDiff } from './pictures-diff';
import { WordsDiff } from './words-diff';

function FieldTable({ diff }: { readonly diff: FacetDiff }) {
  const { t } = useTranslation();
  const name = useFieldName();
  const shown = useFieldValue(diff);
  return (
    <div className="table-scroll">
      <table className="field-table">
        <thead>
          <tr>
            <th>{t('drawer.field')}</th>
            <th>{t('drawer.expected')}</th>
            <th>{t('drawer.live')}</th>
          </tr>
        </thead>
        <tbody>
          {diff.changes.map((change) => (
            <tr key={change.path}>
              <th scope="row">{diff.names?.[change.path] ?? name(change.path)}</th>
              <td className="side expected">{shown(change.path, change.expected)}</td>
              <td className="side live-side">{shown(change.path, change.live)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The wanted value beside the one that was found. */
export function DriftDiff({ diff, drift }: { readonly diff: FacetDiff; readonly drift: Drift }) {
  const { t } = useTranslation();
  const worded = diff.changes.filter((change) => change.words !== undefined);
  if (diff.pictures !== undefined)
    return <PicturesDiff desired={diff.pictures.desired} observed={diff.pictures.observed} changes={diff.changes} partner={drift.partners?.[0]?.sku} />;
  if (worded.length > 0) return worded.map((change) => <WordsDiff key={change.path} spans={change.words ?? []} />);
  if (diff.changes.length > 0) return <FieldTable diff={diff} />;
  return <p className="quiet">{t(diff.observed === null ? 'drawer.nothingLive' : 'drawer.sameNow')}</p>;
}
