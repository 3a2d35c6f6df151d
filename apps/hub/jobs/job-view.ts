import type { JobProgress, StoredJob } from '#catalog';
import type { JobDto } from './jobs.dto.js';

const ENDED: ReadonlySet<string> = new Set(['done', 'failed', 'cancelled', 'held']);

/** Whether nothing more happens to a job until a person says something. */
export function isAtRest({ state }: Pick<StoredJob, 'state'>): boolean {
  return ENDED.has(state);
}

/** A job as the API shows it; what it was asked to do is the business of its kind. */
export function jobView(job: StoredJob): JobDto {
  const { id, kind, author, state, cancelling, progress, counts, result, failure, createdAt, startedAt, finishedAt } = job;
  return {
    id,
    kind,
    author,
    state,
    cancelling,
    progress: progress && shownProgress(progress),
    share: state === 'done' ? 1 : progress ? shareOf(progress) : null,
    counts,
    result: result ?? null,
    failure,
    created_at: createdAt,
    started_at: startedAt,
    finished_at: finishedAt,
  };
}

function shownProgress({ totalBytes, ...rest }: JobProgress): object {
  return totalBytes === undefined ? rest : { ...rest, total_bytes: totalBytes };
}

function shareOf({ done, total, bytes, totalBytes }: JobProgress): number | null {
  if (total !== undefined && total > 0) return Math.min(1, done / total);
  return bytes !== undefined && totalBytes ? Math.min(1, bytes / totalBytes) : null;
}
