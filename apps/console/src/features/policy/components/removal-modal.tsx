import { useState } from 'react';
import { Input, Modal, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../../../app/problem-notice';
import type { AccountView } from '../../overview/api/status';
import { useRemoval } from '../hooks/use-removal';
import { sameName } from '../same-name';
import { RemovalEffects } from './removal-effects';
import { RemovalObstacles } from './removal-obstacles';

/** Tells what a removal does, and has the account's name typed before it is done. `onClose` once it is out of sight. */
export function RemovalModal({ account, onClose }: { readonly account: AccountView; onClose(): void }) {
  const { t } = useTranslation();
  const { preview, problem, busy, remove } = useRemoval(account);
  // Closed before it is unmounted: only so the focus goes back to where it was.
  const [open, setOpen] = useState(true);
  const [typed, setTyped] = useState('');
  const [abandon, setAbandon] = useState(false);
  const free = preview !== undefined && preview.jobs === 0 && (preview.calls === 0 || abandon);
  const may = free && !busy && sameName(typed, account.title);
  const act = (): void => {
    if (may) remove(abandon);
  };
  return (
    <Modal
      open={open}
      title={t('removal.confirmTitle', { title: account.title })}
      okText={t('removal.confirm')}
      cancelText={t('action.cancel')}
      okButtonProps={{ danger: true, disabled: !may }}
      confirmLoading={busy}
      onOk={act}
      onCancel={() => setOpen(false)}
      afterClose={onClose}
    >
      <div className="policy-preview">
        {preview === undefined ? problem === null && <Skeleton active paragraph={{ rows: 5 }} /> : <RemovalEffects removal={preview} />}
        {preview === undefined ? null : <RemovalObstacles account={account} removal={preview} abandon={abandon} onAbandon={setAbandon} />}
        {problem === null ? null : <ProblemNotice problem={problem} />}
        <div className="removal-name">
          <label htmlFor="removal-name">{t('removal.type', { title: account.title })}</label>
          <Input
            id="removal-name"
            autoComplete="off"
            spellCheck={false}
            value={typed}
            placeholder={t('removal.typeHint')}
            onChange={(event) => setTyped(event.target.value)}
            onPressEnter={act}
          />
        </div>
      </div>
    </Modal>
  );
}
