import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from './project-root.js';

/**
 * The URL for `new Worker(...)` of a built file, named by its path from the project root, e.g. `libs/reconcile/sweep/sweep.worker.js`.
 * A worker thread always runs the build, also when its parent runs from the sources (tests), because Node cannot load TypeScript itself.
 */
export function workerEntry(pathFromRoot: string): URL {
  const file = join(projectRoot(), 'dist', pathFromRoot);
  if (!existsSync(file)) throw new Error(`${join('dist', pathFromRoot)} is not built; run: npm run build`);
  return pathToFileURL(file);
}
