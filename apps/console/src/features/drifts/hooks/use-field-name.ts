import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** "attributes.10096" as a person calls it. */
export function useFieldName(): (path: string) => string {
  const { t } = useTranslation();
  return useCallback(
    (path) => {
      const [facet = path, ...rest] = path.split('.');
      const field = rest.join('.');
      if (field === '') return t(`facet.${facet}`, { defaultValue: facet });
      if (facet === 'attributes') return t('field.attribute', { id: field });
      if (facet === 'media') return t('field.picture', { number: Number(field) + 1 });
      if (facet === 'barcodes') return t('field.barcode', { number: Number(field) + 1 });
      return t(`field.${facet}_${field}`, { defaultValue: field });
    },
    [t],
  );
}
