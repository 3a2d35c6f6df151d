import type { IDatasource, IGetRowsParams } from 'ag-grid-community';
import type { Page } from '../drifts/api/drifts';

export const BLOCK = 100;

/**
 * Feeds the grid's numbered blocks from a list that is paged by cursor. The grid asks for blocks in order and one at a time;
 * a block whose cursor is not known yet is reached by walking the ones before it.
 */
export function cursorSource<T>(read: (cursor: string | undefined, limit: number) => Promise<Page<T>>, onPage: (rows: number, error?: unknown) => void): IDatasource {
  const cursors: (string | null | undefined)[] = [undefined];
  const walkTo = async (block: number): Promise<string | null | undefined> => {
    for (let at = 1; at <= block; at++) {
      if (cursors[at] !== undefined) continue;
      const cursor = cursors[at - 1];
      if (cursor === null) return null;
      cursors[at] = (await read(cursor, BLOCK)).next_cursor;
    }
    return cursors[block];
  };
  const answer = async ({ startRow, successCallback }: IGetRowsParams): Promise<void> => {
    const block = Math.floor(startRow / BLOCK);
    const cursor = block === 0 ? undefined : await walkTo(block);
    if (cursor === null) {
      successCallback([], startRow);
      return;
    }
    const page = await read(cursor, BLOCK);
    cursors[block + 1] = page.next_cursor;
    onPage(startRow + page.items.length);
    successCallback([...page.items], page.next_cursor === null ? startRow + page.items.length : undefined);
  };
  return {
    getRows: (params) => {
      answer(params).catch((error: unknown) => {
        onPage(0, error);
        params.failCallback();
      });
    },
  };
}
