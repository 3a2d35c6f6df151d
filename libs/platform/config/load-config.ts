import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { plainToInstance } from 'class-transformer';
import { type ValidationError, validateSync } from 'class-validator';
import { parse } from 'yaml';
import { FatalStartError, type SettingFault } from '../process/fatal-start-error.js';
import { projectRoot } from '../process/project-root.js';
import { AppConfig } from './app-config.js';
import { ENVIRONMENT_NAMES, type EnvironmentName } from './environment-names.js';

type Tree = { [key: string]: unknown };

export interface ConfigSources {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Folder with default.yaml and the optional <environment>.yaml. */
  readonly configDir?: string;
  /** Base of a relative data folder. */
  readonly cwd?: string;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readTree(file: string): Tree {
  let parsed: unknown;
  try {
    parsed = parse(readFileSync(file, 'utf8')) ?? {};
  } catch (cause) {
    throw new FatalStartError(`The configuration file ${file} cannot be read.`, 'Correct its YAML or its access rights.', {
      cause,
      told: { code: 'config-unreadable', params: { file } },
    });
  }
  if (!isTree(parsed))
    throw new FatalStartError(`The configuration file ${file} is not a YAML mapping.`, 'Write it as `key: value` lines.', {
      told: { code: 'config-no-mapping', params: { file } },
    });
  return parsed;
}

function merge(base: Tree, over: Tree): Tree {
  const merged: Tree = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    merged[key] = isTree(below) && isTree(value) ? merge(below, value) : value;
  }
  return merged;
}

function dropNulls(tree: Tree): Tree {
  return Object.fromEntries(
    Object.entries(tree)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([key, value]) => [key, isTree(value) ? dropNulls(value) : value]),
  );
}

/** Text that cannot be read as asked is passed on as it is: the validation then names the setting with the others. */
function readText(text: string, reading: EnvironmentName['reading']): unknown {
  if (reading === 'integer') return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
  if (reading === 'switch') {
    if (/^(on|true|yes|1)$/i.test(text)) return true;
    if (/^(off|false|no|0)$/i.test(text)) return false;
  }
  return text;
}

function environmentTree(env: Readonly<Record<string, string | undefined>>): Tree {
  let tree: Tree = {};
  for (const { name, path, reading } of ENVIRONMENT_NAMES) {
    const text = env[name];
    if (text === undefined || text.trim() === '') continue;
    const branch = path.split('.').reduceRight<unknown>((value, key) => ({ [key]: value }), readText(text.trim(), reading));
    if (isTree(branch)) tree = merge(tree, branch);
  }
  return tree;
}

function settingName(path: string): string {
  const everyday = ENVIRONMENT_NAMES.find((entry) => entry.path === path);
  return everyday ? `${everyday.name} (${path})` : path;
}

interface FoundFault extends SettingFault {
  readonly text: string;
}

function faultsOf(errors: readonly ValidationError[], above = ''): FoundFault[] {
  return errors.flatMap((error) => {
    const path = above === '' ? error.property : `${above}.${error.property}`;
    const name = settingName(path);
    const own = Object.entries(error.constraints ?? {}).map(([rule, text]): FoundFault => {
      if (rule === 'whitelistValidation') return { name, path, kind: 'unknown', text: `${name} is not a known setting; see config/default.yaml` };
      return error.value === undefined ? { name, path, kind: 'missing', text: `${name} is missing: ${text}` } : { name, path, kind: 'wrong', text: `${name} ${text}` };
    });
    return [...own.slice(0, 1), ...faultsOf(error.children ?? [], path)];
  });
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}

/**
 * Reads config/default.yaml, config/<NODE_ENV>.yaml and the environment (later wins), checks everything and freezes the result.
 * All faults are reported together, by setting name and remedy, never with the value found.
 * @throws FatalStartError
 */
export function loadConfig(sources: ConfigSources = {}): AppConfig {
  const env = sources.env ?? process.env;
  const configDir = sources.configDir ?? join(projectRoot(), 'config');
  let tree = readTree(join(configDir, 'default.yaml'));
  const environment = env['NODE_ENV'];
  if (environment !== undefined && /^[a-z][a-z0-9-]*$/.test(environment) && environment !== 'default') {
    const file = join(configDir, `${environment}.yaml`);
    if (existsSync(file)) tree = merge(tree, readTree(file));
  }
  const config = plainToInstance(AppConfig, dropNulls(merge(tree, environmentTree(env))));
  const faults = faultsOf(validateSync(config, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true }));
  if (faults.length > 0) {
    throw new FatalStartError(
      `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}: ${faults.map(({ text }) => text).join('; ')}.`,
      'Correct the named settings in the environment or in config/*.yaml and start again.',
      { told: { code: 'config-faults', settings: faults.map(({ name, path, kind }) => ({ name, path, kind })) } },
    );
  }
  const dataDir = resolve(sources.cwd ?? projectRoot(), config.dataDir);
  return deepFreeze(Object.assign(Object.create(AppConfig.prototype), config, { dataDir }));
}
