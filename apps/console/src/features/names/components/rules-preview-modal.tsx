import { Alert, App, Modal, Skeleton } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../../../app/problem-notice';
import { useFailureNotice } from '../../../app/use-failure-notice';
import { useFormat } from '../../../format/use-format';
import { useCodes } from '../../../i18n/use-codes';
import { previewRules, type RulesPreview, type RuleTables, setRules } from '../api/account-rules';

function Effects({ preview }: { readonly preview: RulesPreview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const code = useCodes();
  const { cards, examples, facets, withdrawn, faults, unread, cured, looked, of } = preview;
  const number = format.number;
  const dear = withdrawn.length > 0 || faults.length > 0;
  return (
    <>
      <Alert
        type={dear ? 'warning' : 'info'}
        showIcon
        title={cards === 0 ? t('names.nothing') : t('names.cards', { count: cards, cards: number(cards) })}
        description={examples.length === 0 ? undefined : <p className="mono">{`${examples.join(', ')}${cards > examples.length ? '…' : ''}`}</p>}
      />
      {looked < of ? <p className="quiet">{t('names.looked', { looked: number(looked), of: number(of) })}</p> : null}
      <ul className="policy-changes">
        {facets.map(({ facet, mode, cards: count }) => (
          <li key={facet}>
            {code('facet', facet)}: {t('names.ofCards', { count, cards: number(count) })} — <span className="quiet">{t(`names.then.${mode}`)}</span>
          </li>
        ))}
        {withdrawn.map(({ warehouse, name, cards: count, pieces }) => (
          <li key={warehouse}>
            <strong>{t('names.withdrawn', { count, cards: number(count), pieces: number(pieces), warehouse: name ?? warehouse })}</strong>
          </li>
        ))}
        {cured === 0 ? null : <li>{t('names.cured', { count: cured, cards: number(cured) })}</li>}
        {faults.map((fault) => (
          <li key={`${fault.code} ${fault.text ?? ''}`}>
            {t('names.fault', { count: fault.cards, cards: number(fault.cards), text: fault.text ?? fault.code, example: fault.example })}
          </li>
        ))}
        {unread === 0 ? null : <li className="quiet">{t('names.unread', { count: unread, cards: number(unread) })}</li>}
      </ul>
    </>
  );
}

/** What the new rows would do, told before they are saved. */
export function RulesPreviewModal({ account, tables, onClose, onSaved }: { readonly account: string; readonly tables: RuleTables; onClose(): void; onSaved(): void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const onError = useFailureNotice();
  const { data: preview, error } = useQuery({ queryKey: ['rules-preview', account, tables], queryFn: () => previewRules(account, tables), retry: false, staleTime: 0 });
  const { mutate, isPending } = useMutation({
    mutationFn: () => setRules(account, tables),
    onSuccess: (saved) => {
      queries.setQueryData(['account-rules', account], saved);
      void message.success(t('names.saved'));
      onSaved();
    },
    onError,
    onSettled: () => queries.invalidateQueries({ queryKey: ['account-rules', account] }),
  });
  return (
    <Modal
      open
      title={t('names.confirmTitle')}
      okText={t('names.save')}
      cancelText={t('action.cancel')}
      okButtonProps={{ disabled: preview === undefined, danger: (preview?.withdrawn.length ?? 0) > 0 || (preview?.faults.length ?? 0) > 0 }}
      confirmLoading={isPending}
      onOk={() => mutate()}
      onCancel={onClose}
    >
      <div className="policy-preview">
        {error !== null ? <ProblemNotice problem={error} /> : preview === undefined ? <Skeleton active paragraph={{ rows: 3 }} /> : <Effects preview={preview} />}
      </div>
    </Modal>
  );
}
