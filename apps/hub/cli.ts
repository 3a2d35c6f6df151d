import 'reflect-metadata';
import { CommanderError } from 'commander';
import { errorText, FatalStartError, loadConfig } from '#platform';
import { backupTo } from './backup/backup.js';
import { restoreFrom } from './backup/restore.js';
import { BackupUnreadable } from './backup/tar-file.js';
import { CliFault, HubRefusal } from './cli/cli-fault.js';
import { languageOfCommand, type Say, sayIn, usageText } from './cli/cli-texts.js';
import { buildCommands } from './cli/commands.js';
import type { Language } from './texts/language.js';
import { startFaultText } from './texts/start-fault.js';

function described(error: unknown, say: Say, language: Language): string {
  if (error instanceof CommanderError) return usageText(error, say);
  if (error instanceof CliFault) return `${say(`fault.${error.code}.message`, error.params)}\n→ ${say(`fault.${error.code}.remedy`, error.params)}`;
  if (error instanceof BackupUnreadable) return `${say(`fault.${error.code}.message`)}\n→ ${say(`fault.${error.code}.remedy`)}`;
  if (error instanceof HubRefusal) return error.remedy === undefined ? error.message : `${error.message}\n→ ${error.remedy}`;
  return error instanceof FatalStartError ? startFaultText(error, language) : errorText(error);
}

/** 0: all is well; 1: something else was found; 2: a wrong command, or the hub does not answer. */
async function run(): Promise<number> {
  let code: 0 | 1 | 2 = 0;
  const language = languageOfCommand(process.argv.slice(2));
  const say = sayIn(language);
  const program = buildCommands({
    config: () => loadConfig(),
    language,
    say,
    out: (text) => void process.stdout.write(`${text}\n`),
    files: process.stdout,
    backup: (file, withKey) => backupTo(loadConfig(), file, { withKey }),
    restore: (file) => restoreFrom(loadConfig(), file),
    end: (outcome) => (code = outcome),
  });
  try {
    await program.parseAsync(process.argv);
    return code;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    if (!(error instanceof CommanderError && error.code === 'commander.help')) process.stderr.write(`${described(error, say, language)}\n`);
    return 2;
  }
}

process.exitCode = await run();
