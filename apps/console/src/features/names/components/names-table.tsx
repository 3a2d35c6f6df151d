import { Button, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { TableChoices } from '../api/account-rules';
import type { DraftRow, RulesDraft } from '../hooks/use-rules-draft';
import { AddRow } from './add-row';

function Row({ row, choices, disabled, draft }: { readonly row: DraftRow; readonly choices: TableChoices; readonly disabled: boolean; readonly draft: RulesDraft }) {
  const { t } = useTranslation();
  const { table } = choices;
  const known = choices.choices?.find(({ id }) => id === row.value)?.name ?? '';
  const back = row.fate === 'removed' || row.fate === 'changed';
  return (
    <li className={`names-row ${row.fate}`}>
      <span className="names-ours">{row.name}</span>
      <span aria-hidden="true">→</span>
      <span className="names-theirs">
        {known === '' ? null : <span>{known} </span>}
        <span className="mono quiet">{row.value}</span>
      </span>
      {row.fate === 'kept' ? null : <Tag variant="outlined">{t(`names.fate.${row.fate}`)}</Tag>}
      <Button
        size="small"
        disabled={disabled}
        aria-label={`${t(back ? 'names.back' : 'names.remove')}: ${row.name}`}
        onClick={() => (back ? draft.restore(table, row.name) : draft.remove(table, row.name))}
      >
        {t(back ? 'names.back' : 'names.remove')}
      </Button>
    </li>
  );
}

/** One table of an account's rules with what is about to change in it. */
export function NamesTable({ choices, draft, disabled }: { readonly choices: TableChoices; readonly draft: RulesDraft; readonly disabled: boolean }) {
  const { t } = useTranslation();
  const { table } = choices;
  const rows = draft.rows(table);
  return (
    <section className="panel settings-part" aria-label={t(`names.${table}.title`)}>
      <h2>{t(`names.${table}.title`)}</h2>
      <p className="quiet">{t(`names.${table}.lead`)}</p>
      {rows.length === 0 ? <p>{t(`names.${table}.none`)}</p> : null}
      <ul className="names-rows">
        {rows.map((row) => (
          <Row key={row.name} row={row} choices={choices} disabled={disabled} draft={draft} />
        ))}
      </ul>
      <AddRow choices={choices} disabled={disabled} onAdd={(name, value) => draft.set(table, name, value)} />
    </section>
  );
}
