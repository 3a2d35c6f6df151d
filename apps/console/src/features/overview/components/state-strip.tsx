import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useFormat } from '../../../format/use-format';
import { StateIcon } from '../../../icons/state-icons';
import { CARD_STATES, type CardState, type Counts } from '../api/status';

function useChosen(): readonly [CardState | undefined, (state: CardState | undefined) => void] {
  const [params, setParams] = useSearchParams();
  const chosen = CARD_STATES.find((state) => state === params.get('cards'));
  const choose = (state: CardState | undefined): void => setParams(state === undefined ? {} : { view: 'cards', cards: state }, { replace: true });
  return [chosen, choose];
}

/** How many cards are in each state: a bar in proportion, and a tile a state that leads to its cards. */
export function StateStrip({ counts }: { readonly counts: Counts }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [chosen, choose] = useChosen();
  return (
    <div className="strip">
      <div className="strip-total">
        <strong>{format.number(counts.listings)}</strong>
        <span>{t('overview.listings', { count: counts.listings })}</span>
      </div>
      <div className="strip-bar" role="img" aria-label={CARD_STATES.map((state) => `${t(`state.${state}`)}: ${counts[state]}`).join(', ')}>
        {CARD_STATES.filter((state) => counts[state] > 0).map((state) => (
          <span key={state} className={`bar tone-${state}`} style={{ flexGrow: counts[state] }} title={`${t(`state.${state}`)}: ${format.number(counts[state])}`} />
        ))}
      </div>
      <div className="strip-tiles">
        {CARD_STATES.map((state) => (
          <button
            key={state}
            type="button"
            className={`tile tone-${state}${counts[state] === 0 ? ' none' : ''}`}
            aria-pressed={chosen === state}
            title={t(`stateHint.${state}`)}
            onClick={() => choose(chosen === state ? undefined : state)}
          >
            <span className="tile-name">
              <StateIcon state={state} />
              {t(`state.${state}`)}
            </span>
            <strong>{format.number(counts[state])}</strong>
          </button>
        ))}
      </div>
    </div>
  );
}
