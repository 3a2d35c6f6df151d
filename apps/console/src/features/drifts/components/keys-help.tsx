import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';

const KEYS = [['j', 'k'], ['Enter'], ['Esc'], ['/'], ['?']] as const;
const NAMES = ['move', 'open', 'close', 'search', 'help'] as const;

export function KeysHelp({ open, onClose }: { readonly open: boolean; onClose(): void }) {
  const { t } = useTranslation();
  return (
    <Modal open={open} title={t('keys.title')} footer={null} onCancel={onClose} width={420}>
      <dl className="keys">
        {KEYS.map((keys, at) => (
          <div key={NAMES[at]}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(`keys.${NAMES[at] ?? ''}`)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
