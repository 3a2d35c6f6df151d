import type { Command } from 'commander';
import type { AppConfig } from '#platform';
import type { Language } from '../texts/language.js';
import { CliFault } from './cli-fault.js';
import type { Say } from './cli-texts.js';
import { HubClient } from './hub-client.js';
import { listAt, textAt } from './json-reading.js';
import type { Show } from './show.js';

export interface CliTools {
  readonly config: () => AppConfig;
  readonly language: Language;
  readonly say: Say;
  readonly out: (text: string) => void;
  /** Where files go that are answered as they come. */
  readonly files: NodeJS.WritableStream;
  readonly backup: (file: string, withKey: boolean) => Promise<object>;
  readonly restore: (file: string) => Promise<object>;
  /** Everything is as it should be (0), or something else was found (1). */
  readonly end: (code: 0 | 1) => void;
}

/** What every command has at hand. */
export class CommandContext {
  readonly say: Say;

  constructor(
    readonly program: Command,
    readonly tools: CliTools,
  ) {
    this.say = tools.say;
  }

  /** @throws CliFault when no hub runs */
  hub(): HubClient {
    return new HubClient(this.tools.config(), this.tools.language);
  }

  /** One answer, as text or as JSON. */
  print(answer: unknown, show: Show): void {
    this.tools.out(this.program.opts<{ json?: boolean }>().json === true ? JSON.stringify(answer) : show(answer, this.say));
  }

  /** Does it on one account, by id or title, or on all that are `meant`. @throws CliFault when there is none at all */
  async onAccounts(name: string | undefined, act: (client: HubClient, id: string) => Promise<unknown>, meant: (account: unknown) => boolean = () => true): Promise<unknown[]> {
    const client = this.hub();
    const accounts = name === undefined ? listAt(await client.get('/api/accounts'), 'items') : [await client.get(`/api/accounts/${encodeURIComponent(name)}`)];
    if (accounts.length === 0) throw new CliFault('no-accounts');
    return Promise.all(accounts.filter((account) => name !== undefined || meant(account)).map((account) => act(client, textAt(account, 'id'))));
  }
}
