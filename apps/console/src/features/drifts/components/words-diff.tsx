import { Fragment, useState } from 'react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { WordSpan } from '../api/drifts';

const KEPT_WORDS = 14;
const LONG = KEPT_WORDS * 2 + 6;

/** Of a long unchanged stretch only the words next to a change help to read it. */
function short(text: string, first: boolean, last: boolean): string {
  const words = text.split(' ');
  if (words.length <= LONG) return text;
  const head = words.slice(0, KEPT_WORDS).join(' ');
  const tail = words.slice(-KEPT_WORDS).join(' ');
  if (first) return `… ${tail}`;
  return last ? `${head} …` : `${head} … ${tail}`;
}

function Side({ spans, side, compact }: { readonly spans: readonly WordSpan[]; readonly side: 'expected' | 'live'; readonly compact: boolean }) {
  const { t } = useTranslation();
  const Mark = side === 'expected' ? 'del' : 'ins';
  return (
    <div className={side === 'expected' ? 'words side expected' : 'words side live-side'}>
      <h4>{t(`drawer.${side}`)}</h4>
      <p>
        {spans.map((span, at) => {
          const text = span.same ? (compact ? short(span[side], at === 0, at === spans.length - 1) : span[side]) : span[side];
          if (text === '') return null;
          return (
            <Fragment key={at}>
              {span.same ? (
                `${text} `
              ) : (
                <>
                  <Mark>{text}</Mark>{' '}
                </>
              )}
            </Fragment>
          );
        })}
      </p>
    </div>
  );
}

/** Two texts side by side with the words that differ marked by colour and by line. */
export function WordsDiff({ spans }: { readonly spans: readonly WordSpan[] }) {
  const { t } = useTranslation();
  const [whole, setWhole] = useState(false);
  const long = spans.some((span) => span.same && span.live.split(' ').length > LONG);
  return (
    <div className="words-diff">
      <div className="two-sides">
        <Side spans={spans} side="expected" compact={!whole} />
        <Side spans={spans} side="live" compact={!whole} />
      </div>
      {long ? (
        <Button size="small" type="link" onClick={() => setWhole((before) => !before)}>
          {t(whole ? 'drawer.onlyChanges' : 'drawer.wholeText')}
        </Button>
      ) : null}
    </div>
  );
}
