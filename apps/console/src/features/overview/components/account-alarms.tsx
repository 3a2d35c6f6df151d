import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../format/use-format';
import type { AccountStatus, Alarm } from '../api/status';

const DAY_S = 86_400;

/** What is wrong with the key, the roles or the limits of an account, before it stops the work. `now` is the account's time, ms. */
export function AccountAlarms({ account, now }: { readonly account: AccountStatus; readonly now: number | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const text = ({ code, params = {} }: Alarm): string => {
    const kind = code.slice(code.lastIndexOf('.') + 1);
    const at = typeof params['at'] === 'string' ? params['at'] : undefined;
    const left = at === undefined || now === undefined ? undefined : (Date.parse(at) - now) / 1000;
    const values = {
      ...params,
      at: at === undefined ? '' : format.dateTime(at),
      left: left === undefined ? '' : format.duration(Math.max(0, left > DAY_S ? left - (left % DAY_S) : left)),
    };
    return t(`alarm.${kind}`, { ...values, defaultValue: typeof params['message'] === 'string' ? params['message'] : code });
  };
  // One missing role is told once, however many methods it closes.
  const told = [...new Map(account.alarms.map((alarm) => [text(alarm), alarm])).entries()];
  return told.map(([title, { severity }]) => <Alert key={title} className="account-alarm" type={severity === 'error' ? 'error' : 'warning'} showIcon title={title} />);
}
