import { open, rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { CliFault } from './cli-fault.js';

/** Writes a file that is there whole or not at all. @throws CliFault where no file can be */
export async function writeWhole(file: string, write: (sink: NodeJS.WritableStream) => Promise<void>): Promise<void> {
  const part = `${file}.part`;
  const handle = await open(part, 'w').catch(() => {
    throw new CliFault('not-written', { file });
  });
  const sink = handle.createWriteStream();
  const written = finished(sink);
  try {
    await Promise.race([write(sink), written]);
    sink.end();
    await written;
    await rename(part, file);
  } catch (error) {
    sink.destroy();
    await written.catch(() => undefined);
    await rm(part, { force: true });
    throw error;
  }
}
