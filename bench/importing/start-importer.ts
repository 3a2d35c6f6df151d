import { Child } from '../measure/child.js';

export function startImporter(): Child {
  return Child.start(new URL('importer.process.js', import.meta.url), ['--expose-gc']);
}
