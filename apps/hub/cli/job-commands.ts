import type { CommandContext } from './command-context.js';
import { showJob, showJobs } from './show-jobs.js';

/** Long work on the catalog: how far it is, and stopping it. */
export function addJobCommands(context: CommandContext): void {
  const { program, say } = context;
  program
    .command('jobs')
    .description(say('command.jobs'))
    .option('--kind <kind>', say('option.job-kind'))
    .option('--limit <n>', say('option.limit'), '20')
    .action(async (options: { readonly kind?: string; readonly limit: string }) =>
      context.print(await context.hub().get(`/api/jobs?${new URLSearchParams({ ...options }).toString()}`), showJobs),
    );
  program
    .command('job <id>')
    .description(say('command.job'))
    .action(async (id: string) => context.print(await context.hub().get(`/api/jobs/${encodeURIComponent(id)}`), showJob));
  program
    .command('job-cancel <id>')
    .description(say('command.job-cancel'))
    .action(async (id: string) => context.print(await context.hub().post(`/api/jobs/${encodeURIComponent(id)}/cancel`), showJob));
}
