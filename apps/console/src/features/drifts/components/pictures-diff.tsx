import { Image } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FieldChange, ShownPicture } from '../api/drifts';

interface Props {
  readonly desired: readonly ShownPicture[];
  readonly observed: readonly ShownPicture[];
  readonly changes: readonly FieldChange[];
  /** SKU of the card whose pictures are shown instead. */
  readonly partner: string | undefined;
}

function Row({
  title,
  pictures,
  places,
  changed,
  note,
  side,
}: {
  readonly title: string;
  readonly pictures: readonly ShownPicture[];
  readonly places: number;
  readonly changed: ReadonlySet<number>;
  readonly note: string | undefined;
  readonly side: string;
}) {
  const { t } = useTranslation();
  return (
    <div className={`pictures side ${side}`}>
      <h4>{title}</h4>
      <div className="picture-row">
        {Array.from({ length: places }, (_, at) => {
          const picture = pictures[at];
          return (
            <figure key={at} className={changed.has(at) ? 'changed' : undefined}>
              {picture === undefined ? (
                <span className="no-picture">{t('drawer.noPicture')}</span>
              ) : (
                <Image src={picture.src} alt={t('field.picture', { number: at + 1 })} width={104} height={104} />
              )}
              <figcaption>
                {at + 1}
                {changed.has(at) && picture !== undefined && note !== undefined ? ` · ${note}` : ''}
              </figcaption>
            </figure>
          );
        })}
      </div>
    </div>
  );
}

/** Places that differ: told by the diff, or else by the pictures themselves where both sides are ours. */
function changedPlaces({ desired, observed, changes }: Pick<Props, 'desired' | 'observed' | 'changes'>): ReadonlySet<number> {
  const told = changes.map((change) => Number(change.path.split('.')[1])).filter((place) => Number.isInteger(place));
  const seen = Array.from({ length: Math.max(desired.length, observed.length) }, (_, at) => at).filter((at) => desired[at]?.src !== observed[at]?.src);
  const comparable = told.filter((place) => seen.includes(place));
  return new Set(comparable.length > 0 ? comparable : seen);
}

export function PicturesDiff({ desired, observed, changes, partner }: Props) {
  const { t } = useTranslation();
  const places = Math.max(desired.length, observed.length);
  const changed = changedPlaces({ desired, observed, changes });
  return (
    <Image.PreviewGroup>
      <Row title={t('drawer.expected')} pictures={desired} places={places} changed={changed} note={undefined} side="expected" />
      <Row title={t('drawer.live')} pictures={observed} places={places} changed={changed} note={partner === undefined ? undefined : partner} side="live-side" />
    </Image.PreviewGroup>
  );
}
