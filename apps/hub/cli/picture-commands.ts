import { existsSync } from 'node:fs';
import { CliFault } from './cli-fault.js';
import type { CommandContext } from './command-context.js';
import type { HubClient } from './hub-client.js';
import { listAt, member, numberAt, textAt } from './json-reading.js';
import { table } from './lines.js';
import type { Show } from './show.js';

interface PictureOptions {
  readonly product?: string;
  readonly role?: string;
}

/** Pictures from disk into the store of the catalog, and to a product. */
export function addPictureCommands(context: CommandContext): void {
  const { program, say } = context;
  program
    .command('picture <file...>')
    .description(say('command.picture'))
    .option('--product <sku>', say('option.picture-product'))
    .option('--role <main|gallery|size-chart|package|document>', say('option.picture-role'))
    .action(async (files: readonly string[], { product, role }: PictureOptions) => {
      const missing = files.find((file) => !existsSync(file));
      if (missing !== undefined) throw new CliFault('no-file', { file: missing });
      const hub = context.hub();
      const items: unknown[] = [];
      // What kind of picture it is the hub tells by its bytes.
      for (const file of files) items.push(await hub.upload('/api/media', file, 'image/jpeg'));
      const saved =
        product === undefined
          ? undefined
          : await attach(
              hub,
              product,
              items.map((one) => textAt(one, 'digest')),
              role,
            );
      context.print({ items, ...(saved === undefined ? {} : { product: saved }) }, showPictures);
    });
}

/** Behind the pictures that the product has; a new main one takes the place of the old. */
async function attach(hub: HubClient, sku: string, digests: readonly string[], role: string | undefined): Promise<unknown> {
  const path = `/api/products/${encodeURIComponent(sku)}`;
  const product = await hub.get(path);
  const added = digests.map((digest, at) => ({ digest, ...(role !== undefined && (role !== 'main' || at === 0) && { role }) }));
  const kept = listAt(product, 'document', 'media')
    .filter((one) => !digests.includes(textAt(one, 'digest')))
    .map((one) => (role === 'main' && member(one, 'role') === 'main' ? { digest: textAt(one, 'digest') } : one));
  return hub.patch(path, { media: [...kept, ...added] }, numberAt(product, 'revision'));
}

const showPictures: Show = (answer, say) => {
  const product = member(answer, 'product');
  const lines = table(listAt(answer, 'items').map((one) => [textAt(one, 'digest'), textAt(one, 'mime'), `${textAt(one, 'width')} × ${textAt(one, 'height')}`]));
  return product === undefined ? lines : `${lines}\n${say('product.saved', { sku: textAt(product, 'sku'), revision: textAt(product, 'revision') })}`;
};
