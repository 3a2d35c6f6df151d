import { useState } from 'react';
import { Alert, Input, Modal, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../../../app/problem-notice';
import { useFormat } from '../../../format/use-format';
import { useCodes } from '../../../i18n/use-codes';
import type { Drift, FacetDiff } from '../api/drifts';
import { useFieldName } from '../hooks/use-field-name';
import { type IgnoreChoice, useIgnore } from '../hooks/use-ignore';

const DAYS = [30, 90, 0] as const;
const EXAMPLES = 5;

export function IgnoreModal({ drift, diff, now, onClose }: { readonly drift: Drift; readonly diff: FacetDiff | null; readonly now: number | undefined; onClose(): void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const code = useCodes();
  const fieldName = useFieldName();
  const [choice, setChoice] = useState<IgnoreChoice>({ scope: 'card', path: '', reason: '', days: 90 });
  const set = (change: Partial<IgnoreChoice>): void => setChoice((before) => ({ ...before, ...change }));
  const { preview, previewProblem, busy, create } = useIgnore(drift, choice, now, onClose);
  const places = [...new Set(diff?.changes.map((change) => change.path) ?? [])].filter((path) => path !== drift.facet);
  return (
    <Modal
      open
      title={t('ignore.title')}
      okText={t('ignore.confirm')}
      cancelText={t('action.cancel')}
      okButtonProps={{ disabled: choice.reason.trim() === '', danger: choice.scope === 'account' }}
      confirmLoading={busy}
      onOk={create}
      onCancel={onClose}
    >
      <div className="ignore-form">
        <p className="quiet">{t('ignore.lead')}</p>
        <label>{t('ignore.scope')}</label>
        <Radio.Group
          value={choice.scope}
          onChange={(event) => set({ scope: event.target.value === 'account' ? 'account' : 'card' })}
          options={[
            { value: 'card', label: t('ignore.thisCard') },
            { value: 'account', label: t('ignore.wholeAccount') },
          ]}
        />
        <label>{t('ignore.place')}</label>
        <Select
          value={choice.path}
          onChange={(path: string) => set({ path })}
          options={[
            { value: '', label: t('ignore.wholeFacet', { facet: code('facet', drift.facet) }) },
            ...places.map((path) => ({ value: path, label: diff?.names?.[path] ?? fieldName(path) })),
          ]}
        />
        <label>{t('ignore.until')}</label>
        <Select
          value={choice.days}
          onChange={(days: number) => set({ days })}
          options={DAYS.map((days) => ({ value: days, label: days === 0 ? t('ignore.forever') : t('ignore.days', { count: days }) }))}
        />
        <label htmlFor="ignore-reason">{t('ignore.reason')}</label>
        <Input.TextArea
          id="ignore-reason"
          rows={2}
          maxLength={1000}
          value={choice.reason}
          placeholder={t('ignore.reasonHint')}
          onChange={(event) => set({ reason: event.target.value })}
        />
        {previewProblem === null ? null : <ProblemNotice problem={previewProblem} />}
        {preview === undefined ? null : (
          <Alert
            type={choice.scope === 'account' && preview.cards > 1 ? 'warning' : 'info'}
            showIcon
            title={t('ignore.preview', { count: preview.cards, cards: format.number(preview.cards) })}
            description={[
              preview.examples.length > 0 ? preview.examples.slice(0, EXAMPLES).join(', ') + (preview.cards > EXAMPLES ? '…' : '') : '',
              preview.still_drifted > 0 ? t('ignore.still', { count: preview.still_drifted }) : '',
            ]
              .filter((part) => part !== '')
              .join('. ')}
          />
        )}
      </div>
    </Modal>
  );
}
