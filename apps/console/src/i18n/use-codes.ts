import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** Texts of codes that the hub answers. A code nobody has translated yet is shown as it is rather than hidden. */
export function useCodes(): (
  list: 'kind' | 'kindHint' | 'cause' | 'driftState' | 'state' | 'facetState' | 'facet' | 'reason' | 'statusCause' | 'accountState' | 'bucket' | 'mode',
  code: string,
) => string {
  const { t } = useTranslation();
  return useCallback((list, code) => t(`${list}.${code}`, { defaultValue: code }), [t]);
}
