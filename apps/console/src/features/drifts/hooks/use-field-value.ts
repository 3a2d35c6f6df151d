import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../format/use-format';
import { useCodes } from '../../../i18n/use-codes';
import type { FacetDiff, Leaf } from '../api/drifts';

function currencyOf(...documents: readonly unknown[]): string {
  for (const document of documents) {
    const currency: unknown = typeof document === 'object' && document !== null ? Reflect.get(document, 'currency') : undefined;
    if (typeof currency === 'string' && /^[A-Z]{3}$/.test(currency)) return currency;
  }
  return 'RUB';
}

/** A leaf of a diff as a person reads it: money from minor units, lengths in millimetres, codes by their texts. */
export function useFieldValue(diff: FacetDiff): (path: string, value: Leaf) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const code = useCodes();
  const currency = currencyOf(diff.desired, diff.observed);
  return useCallback(
    (path, value) => {
      if (value === null) return '—';
      const field = path.split('.').slice(1).join('.');
      if (diff.facet === 'price' && typeof value === 'number') return format.money(value, currency);
      if (diff.facet === 'dimensions' && typeof value === 'number') return `${format.number(value)}\u00a0${t(field === 'weight' ? 'unit.gram' : 'unit.millimetre')}`;
      if (diff.facet === 'stock' && typeof value === 'number') return `${format.number(value)}\u00a0${t('unit.piece')}`;
      if (diff.facet === 'status' && typeof value === 'string')
        return value
          .split(' → ')
          .map((cause) => code('statusCause', cause))
          .join(' → ');
      if (diff.facet === 'presence' && typeof value === 'string') return t(`presence.${value}`, { defaultValue: value });
      if (diff.facet === 'category' && typeof value === 'string') return diff.names?.[value] ?? value;
      if (typeof value === 'boolean') return t(value ? 'field.yes' : 'field.no');
      return typeof value === 'number' ? format.number(value) : value;
    },
    [diff.facet, diff.names, currency, format, code, t],
  );
}
