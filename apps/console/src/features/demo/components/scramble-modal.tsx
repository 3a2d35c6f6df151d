import { useState } from 'react';
import { InputNumber, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../format/use-format';
import { KindTag } from '../../drifts/components/tags';
import { SCRAMBLED_KINDS } from '../api/scramble';

const USUAL = 300;

interface Props {
  readonly open: boolean;
  readonly most: number;
  readonly busy: boolean;
  onCancel(): void;
  onStart(cards: number, echoes: number): void;
}

/** Says what will happen before it does. */
export function ScrambleModal({ open, most, busy, onCancel, onStart }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  // More than a tenth of the account in one sweep would pull the brake, which is a story of its own.
  const sensible = Math.max(1, Math.min(USUAL, Math.floor(most / 10)));
  const [chosen, setChosen] = useState<number | null>(null);
  const [echoes, setEchoes] = useState(0);
  const cards = chosen ?? sensible;
  return (
    <Modal
      open={open}
      title={t('demo.title')}
      okText={t('demo.go', { count: cards, cards: format.number(cards) })}
      cancelText={t('action.cancel')}
      confirmLoading={busy}
      onCancel={onCancel}
      onOk={() => onStart(cards, echoes)}
      width={620}
      focusable={{ focusTriggerAfterClose: false }}
    >
      <p>{t('demo.what')}</p>
      <div className="scramble-numbers">
        <label>
          <span>{t('demo.cards')}</span>
          <InputNumber min={1} max={Math.min(5_000, Math.max(1, most))} value={cards} onChange={setChosen} />
        </label>
        <label>
          <span>{t('demo.echoes')}</span>
          <InputNumber min={0} max={Math.min(5_000, most)} value={echoes} onChange={(value) => setEchoes(value ?? 0)} />
        </label>
      </div>
      <p className="quiet small">{t('demo.echoesHint')}</p>
      {cards > most / 10 && cards >= 50 ? <p className="warn-line">{t('demo.brake')}</p> : null}
      <h3 className="modal-subtitle">{t('demo.kinds')}</h3>
      <div className="tag-cloud">
        {SCRAMBLED_KINDS.map((kind) => (
          <KindTag key={kind} kind={kind} />
        ))}
      </div>
      <p className="quiet small">{t('demo.then')}</p>
    </Modal>
  );
}
