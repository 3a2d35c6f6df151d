import { explainFault, type ImportRequest, type Language, type StoredJob } from '#catalog';
import { jobView } from '../jobs/job-view.js';
import type { ImportDto } from './imports.dto.js';

const OUTCOMES = ['rows', 'created', 'updated', 'unchanged', 'failed', 'skipped'] as const;

/** An import as the API shows it, its faults in words of the reader's language. */
export function importView(job: StoredJob, language: Language): ImportDto {
  const { name, mode, policy, dryRun } = job.request as ImportRequest;
  const counts = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, job.counts[outcome] ?? 0])) as Record<(typeof OUTCOMES)[number], number>;
  const view = jobView(job);
  return {
    ...view,
    result: explained(view.result, language),
    failure: view.failure === null ? null : (sentence(view.result, language) ?? view.failure),
    ...counts,
    counts,
    name,
    mode: mode ?? 'upsert',
    policy: policy ?? 'reject-failed-rows',
    dry_run: dryRun === true,
    report: `/api/imports/${job.id}/report.xlsx`,
    changes: dryRun === true || job.state === 'held' ? `/api/imports/${job.id}/changes.xlsx` : null,
  };
}

type Fault = Parameters<typeof explainFault>[0];

function isFault(value: unknown): value is Fault {
  return value !== null && typeof value === 'object' && !Array.isArray(value) && 'code' in value;
}

/** Why the import ended, where its result holds the fault by its code. */
function sentence(result: unknown, language: Language): string | undefined {
  const fault = result === null || typeof result !== 'object' ? undefined : Object.values(result).find(isFault);
  if (!fault) return undefined;
  const { reason, remedy } = explainFault(fault, language);
  return `${reason}; ${remedy}`;
}

/** Adds the sentences to every fault that the result holds by its code. */
function explained(result: unknown, language: Language): unknown {
  if (result === null || typeof result !== 'object') return result;
  return Object.fromEntries(Object.entries(result).map(([key, value]: [string, unknown]) => [key, isFault(value) ? { ...value, ...explainFault(value, language) } : value]));
}
