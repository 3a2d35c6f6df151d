import { useState } from 'react';
import { AutoComplete, Button, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { TableChoices } from '../api/account-rules';

const has = (text: unknown, part: string): boolean => String(text).toLowerCase().includes(part.toLowerCase());

/** One more row: the catalog's name from a list or typed, the channel's from a list where there is one. */
export function AddRow({ choices, disabled, onAdd }: { readonly choices: TableChoices; readonly disabled: boolean; onAdd(name: string, value: string): void }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const { table } = choices;
  const whole = name.trim() !== '' && value.trim() !== '';
  const add = (): void => {
    if (!whole) return;
    onAdd(name.trim(), value.trim());
    setName('');
    setValue('');
  };
  return (
    <form
      className="names-add"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <label>
        {t(`names.${table}.ours`)}
        <AutoComplete
          value={name}
          disabled={disabled}
          allowClear
          maxLength={300}
          options={choices.names.map((known) => ({ value: known }))}
          showSearch={{ filterOption: (typed, option) => has(option?.value, typed) }}
          onChange={setName}
        />
      </label>
      <label>
        {t(`names.${table}.theirs`)}
        {choices.choices === null || choices.choices.length === 0 ? (
          <Input value={value} disabled={disabled} maxLength={300} placeholder={t(`names.${table}.hint`)} onChange={(event) => setValue(event.target.value)} />
        ) : (
          <Select<string>
            value={value === '' ? undefined : value}
            disabled={disabled}
            allowClear
            placeholder={t('names.choose')}
            options={choices.choices.map(({ id, name: label }) => ({ value: id, label: label === '' ? id : `${label} · ${id}` }))}
            showSearch={{ filterOption: (typed, option) => has(option?.label, typed) }}
            onChange={(id: string | undefined) => setValue(id ?? '')}
          />
        )}
      </label>
      <Button htmlType="submit" disabled={disabled || !whole}>
        {t('names.add')}
      </Button>
    </form>
  );
}
