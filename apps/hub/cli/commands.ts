import { Command } from 'commander';
import { addAccountCommands } from './account-commands.js';
import { addAttributeCommands } from './attribute-commands.js';
import { addBulkCommands } from './bulk-commands.js';
import { addCatalogCommands } from './catalog-commands.js';
import { addCategoryCommands } from './category-commands.js';
import { type CliTools, CommandContext } from './command-context.js';
import { addDataCommands } from './data-commands.js';
import { addDraftCommands } from './draft-commands.js';
import { addEditCommands } from './edit-commands.js';
import { addExportCommands } from './export-command.js';
import { addHeadCommands } from './head-commands.js';
import { addImportCommands } from './import-commands.js';
import { addJobCommands } from './job-commands.js';
import { addPictureCommands } from './picture-commands.js';
import { addReadingCommands } from './reading-commands.js';
import { addTemplateCommands } from './template-commands.js';

const HEADINGS: Readonly<Record<string, string>> = { 'Usage:': 'usage', 'Options:': 'options', 'Commands:': 'commands', 'Arguments:': 'arguments' };

/** The commands; each prints one answer, as text or as JSON, and ends with 0 or 1. */
export function buildCommands(tools: CliTools): Command {
  const program = new Command('etalon');
  const { say } = tools;
  program.description(say('about')).option('--lang <ru|en|zh>', say('option.lang'));
  const context = new CommandContext(program, tools);
  addReadingCommands(context);
  addAccountCommands(context);
  addCatalogCommands(context);
  addEditCommands(context);
  addBulkCommands(context);
  addPictureCommands(context);
  addCategoryCommands(context);
  addAttributeCommands(context);
  addTemplateCommands(context);
  addDraftCommands(context);
  addDataCommands(context);
  addHeadCommands(context);
  addExportCommands(context);
  addImportCommands(context);
  addJobCommands(context);
  finish(program, context);
  return program;
}

/** `--json` is taken before the command and behind it alike, help speaks the reader's language, and faults are told in one place. */
function finish(command: Command, context: CommandContext): void {
  const { program, say } = context;
  command
    .exitOverride()
    .option('--json', say('option.json'))
    .helpOption('-h, --help', say('option.help'))
    .configureOutput({ outputError: () => undefined })
    .configureHelp({ styleTitle: (title) => (HEADINGS[title] === undefined ? title : say(`heading.${HEADINGS[title]}`)) });
  if (command.commands.length > 0) command.helpCommand('help [command]', say('command.help'));
  if (command !== program) {
    command.hook('preAction', (_this, action) => {
      if (action.opts<{ json?: boolean }>().json === true) program.setOptionValue('json', true);
    });
  }
  for (const sub of command.commands) finish(sub, context);
}
