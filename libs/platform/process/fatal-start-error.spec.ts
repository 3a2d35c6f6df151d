import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from '@jest/globals';
import { FatalStartError, fromThread } from './fatal-start-error.js';

describe('a reason not to start that a worker thread gives', () => {
  it('keeps its remedy', async () => {
    const worker = new Worker(
      `class FatalStartError extends Error { name = 'FatalStartError'; constructor(message, remedy) { super(message); this.remedy = remedy; this.told = { code: 'queue' }; } }
       throw new FatalStartError('The queue has too few connections.', 'Set QUEUE_POOL_MAX to 12 or more.');`,
      { eval: true },
    );
    const [thrown] = (await once(worker, 'error').catch((error: unknown) => [error])) as unknown[];
    const revived = fromThread(thrown);
    expect(revived).toBeInstanceOf(FatalStartError);
    expect(revived).toMatchObject({ message: 'The queue has too few connections.', remedy: 'Set QUEUE_POOL_MAX to 12 or more.', told: { code: 'queue' } });
  });

  it('is told apart from any other error', () => {
    const broken = new TypeError('x is not a function');
    expect(fromThread(broken)).toBe(broken);
    expect(fromThread('text')).toBe('text');
  });
});
