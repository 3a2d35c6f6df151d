import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

const LOCALE: Readonly<Record<string, string>> = { ru: 'ru-RU', en: 'en-GB', zh: 'zh-CN' };
const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;
const NBSP = '\u00a0';

export interface Format {
  number(value: number): string;
  percent(share: number): string;
  /** Seconds as the two largest units. */
  duration(seconds: number): string;
  time(iso: string): string;
  dateTime(iso: string): string;
  /** Minor units of a currency. */
  money(minor: number, currency: string): string;
}

export function useFormat(): Format {
  const { t, i18n } = useTranslation();
  return useMemo(() => {
    const locale = LOCALE[i18n.language] ?? 'ru-RU';
    const plain = new Intl.NumberFormat(locale);
    const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
    const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
    const dateTime = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' });
    const unit = (name: string, value: number): string => `${plain.format(value)}${NBSP}${t(`unit.${name}`)}`;
    const duration = (seconds: number): string => {
      const whole = Math.max(0, Math.round(seconds));
      if (whole < MINUTE) return unit('second', whole);
      if (whole < HOUR) return [unit('minute', Math.floor(whole / MINUTE)), ...(whole % MINUTE === 0 || whole >= 10 * MINUTE ? [] : [unit('second', whole % MINUTE)])].join(NBSP);
      const [large, small] = whole < DAY ? [Math.floor(whole / HOUR), Math.floor((whole % HOUR) / MINUTE)] : [Math.floor(whole / DAY), Math.floor((whole % DAY) / HOUR)];
      const names = whole < DAY ? (['hour', 'minute'] as const) : (['day', 'hour'] as const);
      return [unit(names[0], large), ...(small === 0 ? [] : [unit(names[1], small)])].join(NBSP);
    };
    return {
      number: (value) => plain.format(value),
      percent: (share) => percent.format(share),
      duration,
      time: (iso) => time.format(new Date(iso)),
      dateTime: (iso) => dateTime.format(new Date(iso)),
      money: (minor, currency) => new Intl.NumberFormat(locale, { style: 'currency', currency, minimumFractionDigits: minor % 100 === 0 ? 0 : 2 }).format(minor / 100),
    };
  }, [i18n.language, t]);
}
