import { Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../format/use-format';
import { useFigures } from '../../overview/hooks/use-overview';
import type { ScrambleRun } from '../hooks/use-scramble';

/** Counts what was noticed and healed since the button was pressed. */
export function ScrambleWatch({ order, account, onClose }: { readonly order: ScrambleRun; readonly account: string; onClose(): void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const figures = useFigures(account);
  const noticed = Math.max(0, (figures?.noticed ?? order.before.noticed) - order.before.noticed);
  const healed = Math.max(0, (figures?.healed ?? order.before.healed) - order.before.healed);
  const of = Math.max(order.injected, noticed);
  const over = healed >= of && noticed >= order.injected;
  const line = (name: string, value: number) => (
    <div className="watch-line">
      <span>{t(name, { value: format.number(value), of: format.number(of) })}</span>
      <Progress percent={of === 0 ? 0 : Math.floor((100 * value) / of)} size="small" status={value >= of ? 'success' : 'active'} />
    </div>
  );
  return (
    <section className="panel watch" aria-live="polite">
      <div className="watch-head">
        <h2>
          {over
            ? t('watch.done', { count: order.injected, cards: format.number(order.injected) })
            : t('watch.title', { count: order.injected, cards: format.number(order.injected) })}
        </h2>
        <Button type="text" onClick={onClose}>
          {t('action.close')}
        </Button>
      </div>
      {line('watch.noticed', noticed)}
      {line('watch.healed', healed)}
      <p className="quiet small">{t('watch.hint', { seed: order.seed })}</p>
    </section>
  );
}
