import { useState } from 'react';
import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCodes } from '../../../i18n/use-codes';
import type { AccountView, Mode } from '../../overview/api/status';
import { useMay } from '../../session/hooks/use-may';
import { PolicyModal } from './policy-modal';

const MODES: readonly Mode[] = ['observe', 'approve', 'auto'];
const ALL = 'all';

interface Choice {
  readonly facet: string;
  readonly mode: Mode;
}

/** How far Etalon goes by itself with each facet. Choosing another mode first shows what it would do. */
export function PolicyTable({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation();
  const code = useCodes();
  const maySteer = useMay('steer');
  const [choice, setChoice] = useState<Choice>();
  const kinds = new Set(Object.values(account.modes));
  const [only] = kinds;
  const options = MODES.map((mode) => ({ value: mode, label: code('mode', mode) }));
  const row = (facet: string, name: string, mode: Mode | undefined) => (
    <div className="policy-row" key={facet} role="group" aria-label={name}>
      <span className={facet === ALL ? 'policy-name all' : 'policy-name'}>{name}</span>
      <Segmented<Mode | ''> disabled={!maySteer} value={mode ?? ''} options={options} onChange={(next) => next !== '' && next !== mode && setChoice({ facet, mode: next })} />
    </div>
  );
  return (
    <section className="panel settings-part" aria-label={t('policy.title')}>
      <h2>{t('policy.title')}</h2>
      <p className="quiet">{t('policy.lead')}</p>
      {maySteer ? null : <p className="why-waits">{t('problem.not-allowed.next')}</p>}
      <div className="policy-rows">
        {row(ALL, t('policy.allFacets'), kinds.size === 1 ? only : undefined)}
        {Object.entries(account.modes).map(([facet, mode]) => row(facet, code('facet', facet), mode))}
      </div>
      <dl className="mode-hints">
        {MODES.map((mode) => (
          <div key={mode}>
            <dt>{code('mode', mode)}</dt>
            <dd>{t(`modeHint.${mode}`)}</dd>
          </div>
        ))}
      </dl>
      {choice === undefined ? null : <PolicyModal account={account} facet={choice.facet} mode={choice.mode} onClose={() => setChoice(undefined)} />}
    </section>
  );
}
