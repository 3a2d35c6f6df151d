import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Upload } from '../http/upload.js';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const KEPT_MS = 24 * 60 * 60 * 1000;

/** Files that wait to be imported, one a folder in the data folder; every process that runs jobs sees that folder. */
export class ImportFiles {
  private readonly root: string;

  constructor(dataDir: string) {
    this.root = join(dataDir, 'imports');
  }

  /** Takes an upload over. Answers the path by which a job names it. */
  async keep(upload: Upload): Promise<string> {
    const path = await this.reserve(upload.name);
    await rename(upload.file, this.locate(path));
    return path;
  }

  /** A place for a file that is still to be written, and the path by which a job names it. */
  async reserve(name: string): Promise<string> {
    const id = randomUUID();
    await mkdir(join(this.root, id), { recursive: true, mode: 0o700 });
    return `${id}/${basename(name)}`;
  }

  /** The path of an upload that was kept before, by its id; undefined when it is gone. */
  async find(id: string): Promise<string | undefined> {
    if (!ID.test(id) || !existsSync(join(this.root, id))) return undefined;
    const [name] = await readdir(join(this.root, id));
    return name === undefined ? undefined : `${id}/${name}`;
  }

  /** Where the file lies. Only the id and the last name of a path are looked at: a request cannot lead out of the folder. */
  locate(path: string): string {
    const id = dirname(path);
    return join(this.root, ID.test(id) ? id : 'none', basename(path));
  }

  async remove(path: string): Promise<void> {
    await rm(dirname(this.locate(path)), { recursive: true, force: true });
  }

  /** Uploads that nobody started within a day go, but for those named. */
  async removeStale(wanted: ReadonlySet<string>): Promise<void> {
    const names = existsSync(this.root) ? await readdir(this.root) : [];
    for (const name of names.filter((one) => ID.test(one) && !wanted.has(one))) {
      const found = await stat(join(this.root, name)).catch(() => undefined);
      if (found && Date.now() - found.mtimeMs > KEPT_MS) await rm(join(this.root, name), { recursive: true, force: true });
    }
  }
}
