import { type RefObject, useEffect, useState } from 'react';
import { Button, Input, type InputRef, Segmented, Select, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../format/use-format';
import { useCodes } from '../../../i18n/use-codes';
import { KeyboardIcon, SearchIcon } from '../../../icons/action-icons';
import { KindIcon } from '../../../icons/kind-icons';
import { DRIFT_CAUSES, DRIFT_KINDS, DRIFT_VIEWS } from '../api/drifts';
import { useDriftFilter } from '../hooks/use-drift-filter';
import { useDriftSummary } from '../hooks/use-drift-news';

const TYPED_MS = 250;

export function DriftFilters({ search, onHelp }: { readonly search: RefObject<InputRef | null>; onHelp(): void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const code = useCodes();
  const [filter, change] = useDriftFilter();
  const summary = useDriftSummary();
  const [typed, setTyped] = useState(filter.text ?? '');
  useEffect(() => {
    if (typed === (filter.text ?? '')) return;
    const timer = window.setTimeout(() => change({ text: typed.trim() }), TYPED_MS);
    return () => window.clearTimeout(timer);
  }, [typed, filter.text, change]);
  return (
    <div className="filters">
      <Segmented
        value={filter.view}
        onChange={(view) => change({ view: view === 'all' ? undefined : view })}
        options={Object.keys(DRIFT_VIEWS).map((view) => ({
          value: view,
          label: view === 'open' && summary !== undefined ? `${t('drifts.view.open')} · ${format.number(summary.open)}` : t(`drifts.view.${view}`),
        }))}
      />
      <Select
        allowClear
        className="filter-kind"
        placeholder={t('drifts.anyKind')}
        value={filter.kind}
        onChange={(kind: string | undefined) => change({ kind })}
        popupMatchSelectWidth={280}
        options={DRIFT_KINDS.map((kind) => ({
          value: kind,
          label: (
            <span className="option">
              <KindIcon kind={kind} /> {code('kind', kind)}
              {(summary?.by_kind[kind] ?? 0) === 0 ? null : <span className="quiet"> · {format.number(summary?.by_kind[kind] ?? 0)}</span>}
            </span>
          ),
        }))}
      />
      <Select
        allowClear
        className="filter-cause"
        placeholder={t('drifts.anyCause')}
        value={filter.cause}
        onChange={(cause: string | undefined) => change({ cause })}
        popupMatchSelectWidth={240}
        options={DRIFT_CAUSES.map((cause) => ({ value: cause, label: code('cause', cause) }))}
      />
      <Input
        ref={search}
        allowClear
        className="filter-text"
        prefix={<SearchIcon />}
        placeholder={t('drifts.search')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
      />
      <Tooltip title={t('keys.title')}>
        <Button type="text" icon={<KeyboardIcon />} aria-label={t('keys.title')} onClick={onHelp} className="wide-only" />
      </Tooltip>
    </div>
  );
}
