import { bulkEditKind, bulkUndoKind, JobRunner } from '#catalog';
import { createPool } from '#platform';

/** Does bulk edits of another process's catalog until it is killed. Argument: the address of the database. */
const pool = createPool(process.argv[2] ?? '', { max: 4, applicationName: 'etalon-bulk-child' });
new JobRunner({ pool, kinds: [bulkEditKind(pool), bulkUndoKind(pool)], concurrency: 1 }).start();
process.once('disconnect', () => process.exit(0));
