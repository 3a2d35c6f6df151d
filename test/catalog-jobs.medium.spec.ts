import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type JobEnd, type JobKind, type JobRun, JobRunner, type JobState, JobStore, type StoredJob } from '#catalog';
import { migrate } from '../apps/hub/start/migrations.js';
import { startTestDatabase, type TestDatabase } from './harness/test-database.js';

interface Steps {
  readonly steps: number;
}

describe('a durable job', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let jobs: JobStore;
  const runners: JobRunner[] = [];

  beforeAll(async () => {
    database = await startTestDatabase({ template: { name: 'hub', prepare: async (url) => void (await migrate(url)) } });
    pool = new pg.Pool({ connectionString: database.url, max: 6 });
    pool.on('error', () => undefined);
    await pool.query('CREATE TABLE step_taken (job_id bigint, step integer, PRIMARY KEY (job_id, step))');
    jobs = new JobStore(pool);
  }, 60_000);
  afterEach(async () => {
    await Promise.all(runners.splice(0).map((runner) => runner.stop()));
  });
  afterAll(async () => {
    await pool.end();
    await database.stop();
  });

  /** Takes one step a transaction; `before` is called with each step that is about to be taken. */
  function stepper(kind: string, before: (step: number, job: JobRun<Steps, number>) => Promise<void> | void = () => undefined, ended: JobKind['ended'] = undefined): JobKind {
    const run = async (job: JobRun<Steps, number>): Promise<JobEnd> => {
      for (let step = (job.checkpoint ?? 0) + 1; step <= job.request.steps; step++) {
        await before(step, job);
        const client = await pool.connect();
        try {
          await client.query('BEGIN');
          await client.query('INSERT INTO step_taken VALUES ($1, $2)', [job.id, step]);
          await job.save(client, step, { done: step, total: job.request.steps, unit: 'rows' }, { steps: step });
          await client.query('COMMIT');
        } catch (error) {
          await client.query('ROLLBACK');
          throw error;
        } finally {
          client.release();
        }
      }
      return { state: 'done', result: { steps: job.request.steps } };
    };
    return { kind, run: run as JobKind['run'], ...(ended && { ended }) };
  }

  function runner(...kinds: JobKind[]): JobRunner {
    const started = new JobRunner({ pool, kinds });
    runners.push(started);
    started.start();
    return started;
  }

  async function until(id: string, ...states: JobState[]): Promise<StoredJob> {
    for (;;) {
      const job = await jobs.get(id);
      if (job && states.includes(job.state)) return job;
      await pause(20);
    }
  }

  const taken = async (id: string): Promise<number> => (await pool.query('SELECT 1 FROM step_taken WHERE job_id = $1', [id])).rowCount ?? 0;

  it('is done once, however many runners look, and tells how far it is', async () => {
    runner(stepper('plain'));
    runner(stepper('plain'));
    const ids = await Promise.all(Array.from({ length: 6 }, () => jobs.enqueue('plain', 'anna', { steps: 3 })));
    const ended = await Promise.all(ids.map((id) => until(id, 'done', 'failed')));
    for (const job of ended) expect(job).toMatchObject({ state: 'done', author: 'anna', counts: { steps: 3 }, progress: { done: 3, total: 3 }, result: { steps: 3 } });
  });

  it('goes on from its checkpoint when the process that did it fell silent; the silent one can write nothing any more', async () => {
    let release: () => void = () => undefined;
    const stuck = new Promise<void>((resolve) => (release = resolve));
    const lost: unknown[] = [];
    const slow = stepper('handed', async (step, job) => {
      if (step !== 3) return;
      job.signal.addEventListener('abort', () => lost.push(job.signal.reason));
      await stuck;
    });
    runner(slow);
    const id = await jobs.enqueue('handed', 'anna', { steps: 5 });
    while ((await taken(id)) < 2) await pause(20);
    await pool.query(`UPDATE catalog_job SET lease_until = now() - interval '1 second' WHERE id = $1`, [id]);
    runner(stepper('handed'));
    await until(id, 'done');
    release();
    await pause(50);
    expect(await taken(id)).toBe(5);
    expect(await jobs.get(id)).toMatchObject({ state: 'done', counts: { steps: 5 } });
  });

  it('stops between two batches when it is cancelled, and says how far it came', async () => {
    const ends: JobState[] = [];
    const kind = stepper(
      'endless',
      () => pause(5),
      (job) => Promise.resolve(void ends.push(job.state)),
    );
    runner(kind);
    const id = await jobs.enqueue('endless', 'anna', { steps: 1_000_000 });
    while ((await taken(id)) < 2) await pause(10);
    await jobs.cancel(id);
    const job = await until(id, 'cancelled');
    expect(job.counts).toEqual({ steps: await taken(id) });
    const waiting = await jobs.enqueue('endless', 'anna', { steps: 1 });
    await jobs.cancel(waiting);
    await until(waiting, 'cancelled');
    expect(await taken(waiting)).toBe(0);
    expect(ends).toEqual(['cancelled', 'cancelled']);
  });

  it('waits for a person when it is held, and goes on with what the person said', async () => {
    const run = (job: JobRun<{ accept?: boolean }, unknown>): Promise<JobEnd> =>
      Promise.resolve(job.request.accept ? { state: 'done' } : { state: 'held', result: { reason: 'shrunken' } });
    runner({ kind: 'careful', run: run as JobKind['run'] });
    const id = await jobs.enqueue('careful', 'anna', {});
    expect(await until(id, 'held')).toMatchObject({ result: { reason: 'shrunken' } });
    expect(await jobs.release(id, { accept: true })).toMatchObject({ state: 'queued' });
    await until(id, 'done');
    expect(await jobs.release(id, {})).toBeUndefined();
  });

  it('fails with its reason, and is given up when it ends its process again and again', async () => {
    runner({ kind: 'broken', run: () => Promise.reject(new Error('the page was blank')) });
    const id = await jobs.enqueue('broken', 'anna', {});
    expect(await until(id, 'failed')).toMatchObject({ failure: 'the page was blank' });
    const deadly = await jobs.enqueue('deadly', 'anna', {});
    await pool.query(`UPDATE catalog_job SET state = 'running', attempts = 5, lease = 'gone', lease_until = now() - interval '1 hour' WHERE id = $1`, [deadly]);
    runner({ kind: 'deadly', run: () => Promise.resolve({ state: 'done' }) });
    expect((await until(deadly, 'failed', 'done')).failure).toContain('several times');
  });

  it('is handed back when its process stops', async () => {
    const first = runner(stepper('paused', () => pause(5)));
    const id = await jobs.enqueue('paused', 'anna', { steps: 200 });
    while ((await taken(id)) < 2) await pause(10);
    await first.stop();
    expect(await jobs.get(id)).toMatchObject({ state: 'queued' });
    const before = await taken(id);
    expect(before).toBeLessThan(200);
    runner(stepper('paused'));
    await until(id, 'done');
    expect(await taken(id)).toBe(200);
  });
});
