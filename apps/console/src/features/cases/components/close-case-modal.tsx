import { useState } from 'react';
import { App, Input, Modal } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFailureNotice } from '../../../app/use-failure-notice';
import { type Case, closeCase } from '../api/cases';

/** Asks what came of a case before it is closed. */
export function CloseCaseModal({ file, onClose }: { readonly file: Case; onClose(): void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const onError = useFailureNotice();
  const [reason, setReason] = useState('');
  const { mutate, isPending } = useMutation({
    mutationFn: () => closeCase(file.id, reason.trim()),
    onSuccess: () => {
      void message.success(t('cases.closedDone'));
      onClose();
    },
    onError,
    onSettled: () => queries.invalidateQueries(),
  });
  return (
    <Modal
      open
      title={t('cases.closeTitle', { id: file.id })}
      okText={t('cases.close')}
      cancelText={t('action.cancel')}
      okButtonProps={{ disabled: reason.trim() === '' }}
      confirmLoading={isPending}
      onOk={() => mutate()}
      onCancel={onClose}
    >
      <div className="ignore-form">
        <p className="quiet">{t('cases.closeLead')}</p>
        <label htmlFor="case-reason">{t('cases.outcome')}</label>
        <Input.TextArea
          id="case-reason"
          autoFocus
          rows={3}
          maxLength={1000}
          value={reason}
          placeholder={t('cases.outcomeHint')}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
    </Modal>
  );
}
