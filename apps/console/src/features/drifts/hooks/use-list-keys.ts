import { type RefObject, useEffect } from 'react';
import type { GridApi } from 'ag-grid-community';

interface Keys {
  readonly grid: RefObject<GridApi | null>;
  readonly search: () => void;
  readonly help: () => void;
  /** Called when the line moves while a card is open, and on Enter. */
  readonly open: (row: unknown) => void;
  readonly isOpen: boolean;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
}

/** j and k walk the list, Enter opens, / searches, ? explains. Escape belongs to whatever is open. */
export function useListKeys({ grid, search, help, open, isOpen }: Keys): void {
  useEffect(() => {
    const selected = (api: GridApi) => api.getSelectedNodes()[0];
    const move = (api: GridApi, step: number): void => {
      const next = Math.max(0, (selected(api)?.rowIndex ?? (step > 0 ? -1 : 1)) + step);
      const node = api.getDisplayedRowAtIndex(next);
      if (node?.data === undefined) return;
      // Enter shall open the line, not press the button that was used last.
      if (document.activeElement instanceof HTMLButtonElement) document.activeElement.blur();
      node.setSelected(true, true);
      api.ensureIndexVisible(next);
      if (isOpen) open(node.data);
    };
    const onKey = (event: KeyboardEvent): void => {
      const api = grid.current;
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('.ant-modal-wrap:not([style*="display: none"])') !== null) return;
      const act: Readonly<Record<string, () => void>> = {
        j: () => api !== null && move(api, 1),
        k: () => api !== null && move(api, -1),
        о: () => api !== null && move(api, 1),
        л: () => api !== null && move(api, -1),
        '/': search,
        '?': help,
        Enter: () => {
          const row: unknown = api === null ? undefined : selected(api)?.data;
          if (row !== undefined && !isOpen && (event.target === document.body || (event.target instanceof HTMLElement && event.target.closest('.ag-root') !== null))) open(row);
        },
      };
      const chosen = act[event.key];
      if (chosen === undefined) return;
      if (event.key !== 'Enter') event.preventDefault();
      chosen();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [grid, search, help, open, isOpen]);
}
