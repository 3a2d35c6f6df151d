import { tmpdir } from 'node:os';
import { expect, it } from '@jest/globals';
import { fullDisk } from './full-disk.js';

it('a failed start is blamed on the disk only when the disk is full', () => {
  const cause = new Error('could not extend file');
  expect(fullDisk(tmpdir(), cause)).toBeUndefined();
  expect(fullDisk('/no/such/folder', cause)).toBeUndefined();
  // The process file system has no room at all.
  if (process.platform === 'linux') expect(fullDisk('/proc', cause)).toMatchObject({ message: 'The disk that holds /proc is full.', cause });
});
