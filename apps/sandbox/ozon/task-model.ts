import { contentError } from './content-errors.js';
import type { CardError } from './model.js';
import type { Fetched } from '../pictures/picture-house.js';
import type { TaskItem } from './requests.js';

export type TaskKind = 'import' | 'attributes' | 'pictures';

export interface ItemResult {
  offerId: string;
  productId: number;
  status: 'pending' | 'imported' | 'failed' | 'skipped';
  errors: CardError[];
}

export interface Task {
  id: number;
  kind: TaskKind;
  key: 'A' | 'B';
  dueAt: number;
  seconds: number;
  items: TaskItem[];
  /** Positions of items that exceeded a daily or total limit. */
  overLimit: number[];
  results: ItemResult[];
  done: boolean;
}

/** What one item of a task works with. */
export interface ItemWork {
  task: Task;
  fetched: ReadonlyMap<string, Fetched>;
}

export function failed(offerId: string, code: string, productId = 0): ItemResult {
  return { offerId, productId, status: 'failed', errors: [contentError(code)] };
}
