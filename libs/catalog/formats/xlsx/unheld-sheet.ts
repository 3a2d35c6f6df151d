import type { Language } from '../../faults/fault-texts.js';

/** The sheet on which an export names the values that no cell can hold; an import has nothing to read there. */
export const UNHELD_SHEETS: Readonly<Record<Language, string>> = { ru: 'Не поместилось', en: 'Too long', zh: '过长' };
