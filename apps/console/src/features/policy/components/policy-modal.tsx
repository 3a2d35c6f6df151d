import { Alert, Modal, Skeleton } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../../../app/problem-notice';
import { useFormat } from '../../../format/use-format';
import { useCodes } from '../../../i18n/use-codes';
import type { AccountView, Mode } from '../../overview/api/status';
import { type FacetPreview, type PolicyPreview, previewPolicy } from '../api/policy';
import { usePolicyChange } from '../hooks/use-policy-change';

function Effects({ preview, mode }: { readonly preview: PolicyPreview; readonly mode: Mode }) {
  const { t } = useTranslation();
  const format = useFormat();
  const code = useCodes();
  const sum = (of: keyof Pick<FacetPreview, 'repairs' | 'changes' | 'waits' | 'stops'>): number => preview.facets.reduce((all, facet) => all + facet[of], 0);
  const lines = (['repairs', 'changes', 'waits', 'stops'] as const)
    .filter((effect) => sum(effect) > 0)
    .map((effect) => t(`policy.${effect}`, { count: sum(effect), value: format.number(sum(effect)) }));
  return (
    <>
      <Alert
        type={preview.cards > 0 ? 'warning' : 'info'}
        showIcon
        title={
          preview.cards > 0 ? t('policy.cards', { count: preview.cards, cards: format.number(preview.cards) }) : t(lines.length === 0 ? 'policy.nothingNow' : 'policy.noneWritten')
        }
        description={
          lines.length === 0 && preview.examples.length === 0 ? undefined : (
            <>
              {lines.map((line) => (
                <p key={line}>{line}</p>
              ))}
              {preview.examples.length === 0 ? null : <p className="mono">{`${preview.examples.join(', ')}${preview.cards > preview.examples.length ? '…' : ''}`}</p>}
            </>
          )
        }
      />
      <ul className="policy-changes">
        {preview.facets.map((facet) => (
          <li key={facet.facet}>
            {code('facet', facet.facet)}: <span className="quiet">{code('mode', facet.from)}</span> → {code('mode', mode)}
          </li>
        ))}
      </ul>
    </>
  );
}

/** What another mode would do, told before it is set. */
export function PolicyModal({ account, facet, mode, onClose }: { readonly account: AccountView; readonly facet: string; readonly mode: Mode; onClose(): void }) {
  const { t } = useTranslation();
  const code = useCodes();
  const { set, busy } = usePolicyChange(account);
  const { data: preview, error } = useQuery({
    queryKey: ['policy-preview', account.id, facet, mode],
    queryFn: () => previewPolicy(account.id, facet, mode),
    retry: false,
    staleTime: 0,
  });
  const confirm = (): void => {
    if (preview === undefined) return;
    void set(Object.fromEntries(preview.facets.map((changed) => [changed.facet, mode]))).then(onClose, onClose);
  };
  return (
    <Modal
      open
      title={t('policy.confirmTitle', { facet: facet === 'all' ? t('policy.allFacets') : code('facet', facet), mode: code('mode', mode) })}
      okText={t('policy.confirm')}
      cancelText={t('action.cancel')}
      okButtonProps={{ disabled: preview === undefined, danger: (preview?.cards ?? 0) > 0 }}
      confirmLoading={busy}
      onOk={confirm}
      onCancel={onClose}
    >
      <div className="policy-preview">
        <p className="quiet">{t(`modeHint.${mode}`)}</p>
        {error !== null ? <ProblemNotice problem={error} /> : preview === undefined ? <Skeleton active paragraph={{ rows: 2 }} /> : <Effects preview={preview} mode={mode} />}
      </div>
    </Modal>
  );
}
