import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const TEMPLATES = join(PROJECT, 'scripts/new-channel');

/** Template → where it goes. */
const FILES = {
  'adapter/index.ts.txt': (id) => `libs/channels/${id}/index.ts`,
  'adapter/channel.ts.txt': (id) => `libs/channels/${id}/${id}.channel.ts`,
  'adapter/client.ts.txt': (id) => `libs/channels/${id}/${id}.client.ts`,
  'adapter/errors.ts.txt': (id) => `libs/channels/${id}/${id}.errors.ts`,
  'test/driver.ts.txt': (id) => `test/conformance-${id}.ts`,
  'test/spec.ts.txt': (id) => `test/conformance-${id}.medium.spec.ts`,
};

/** Writes a channel's folder and its red conformance suite under `root`; answers the files. Throws when the id is no good or taken. */
export function newChannel(id, root = PROJECT) {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id ?? '')) throw new Error(`"${id ?? ''}" is no channel id: give lower-case words joined by hyphens, such as lamoda or yandex-market.`);
  const taken = Object.values(FILES)
    .map((at) => at(id))
    .filter((path) => existsSync(join(root, path)));
  if (taken.length > 0) throw new Error(`There is such a channel already: ${taken.join(', ')}. Choose another id or remove it first.`);
  const words = id.split('-').map((word) => word[0].toUpperCase() + word.slice(1));
  const Name = words.join('');
  const name = Name[0].toLowerCase() + Name.slice(1);
  return Object.entries(FILES).map(([template, at]) => {
    const text = readFileSync(join(TEMPLATES, template), 'utf8').replaceAll('__id__', id).replaceAll('__Name__', Name).replaceAll('__name__', name);
    const path = join(root, at(id));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return at(id);
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const [id, root] = process.argv.slice(2);
    for (const file of newChannel(id, root === undefined ? undefined : resolve(root))) process.stdout.write(`${file}\n`);
    process.stdout.write('Its conformance suite is red: docs/adding-a-channel.md says how to make it green.\n');
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
}
