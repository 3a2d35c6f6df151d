import { Alert, Button, Tag, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCodes } from '../../../i18n/use-codes';
import { useAccountClock } from '../../live/hooks/use-account-clock';
import { SlidersIcon } from '../../../icons/action-icons';
import type { AccountStatus } from '../api/status';
import { useAccountSteering } from '../hooks/use-account-steering';
import { useChannelName } from '../hooks/use-channels';
import { useAccount } from '../hooks/use-overview';
import { AccountAlarms } from './account-alarms';
import { FiguresRow } from './figures-row';
import { StateStrip } from './state-strip';

function AccountTrouble({ account }: { readonly account: AccountStatus }) {
  const { t } = useTranslation();
  const code = useCodes();
  const { release, resume, busy } = useAccountSteering(account.id);
  if (account.state === 'active') return null;
  const act = account.state === 'braked' ? release : resume;
  return (
    <Alert
      type="warning"
      showIcon
      title={code('accountState', account.state)}
      description={[account.state_reason === null ? '' : code('reason', account.state_reason), t(`accountNext.${account.state}`)].filter((part) => part !== '').join('. ')}
      action={
        <Button loading={busy} onClick={act}>
          {t(account.state === 'braked' ? 'action.releaseBrake' : 'action.resume')}
        </Button>
      }
    />
  );
}

export function AccountCard({ account }: { readonly account: AccountStatus }) {
  const { t } = useTranslation();
  const code = useCodes();
  const channel = useChannelName(account.channel);
  const view = useAccount(account.id);
  const clock = useAccountClock(view?.now);
  const modes = new Set(Object.values(view?.modes ?? {}));
  const [only] = modes;
  const rate = Math.round(clock?.rate ?? 1);
  return (
    <section className="panel account" aria-label={account.title}>
      <header className="account-head">
        <span className="channel">{channel}</span>
        <h1>{account.title}</h1>
        {view?.sandbox === true ? (
          <Tooltip title={rate > 1 ? t('account.sandboxClock', { rate }) : t('account.sandboxHint')}>
            <Tag variant="outlined">{t('account.sandbox')}</Tag>
          </Tooltip>
        ) : null}
        {modes.size === 1 && only !== undefined ? (
          <Tooltip title={t(`modeHint.${only}`)}>
            <Tag variant="outlined">{t('account.allFacets', { mode: code('mode', only) })}</Tag>
          </Tooltip>
        ) : null}
        {modes.size > 1 ? <Tag variant="outlined">{t('account.mixedModes')}</Tag> : null}
        <span className="grow" />
        <Link to={`/accounts/${account.id}`} className="account-settings">
          <SlidersIcon /> {t('account.settings')}
        </Link>
      </header>
      <AccountTrouble account={account} />
      <AccountAlarms account={account} now={clock?.now} />
      <StateStrip counts={account} />
      <FiguresRow account={account} />
    </section>
  );
}
