import pino, { type DestinationStream, type Logger } from 'pino';
import pretty from 'pino-pretty';
import type { LogLevel } from '../config/app-config.js';
import { redact, redactText } from '../secrets/redact.js';

export type { Logger } from 'pino';

export interface LoggerOptions {
  readonly level: LogLevel;
  readonly name?: string;
  /** Where lines go; absent: standard output, coloured for a terminal and JSON otherwise. */
  readonly destination?: DestinationStream;
}

function terminal(): DestinationStream | undefined {
  return process.stdout.isTTY ? pretty({ colorize: true, translateTime: 'HH:MM:ss', ignore: 'pid,hostname', sync: true }) : undefined;
}

/** Structured logs; every field and message passes redaction by name and by known secret value. */
export function createLogger(options: LoggerOptions): Logger {
  const settings: pino.LoggerOptions = {
    level: options.level,
    ...(options.name === undefined ? {} : { name: options.name }),
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: redact, error: redact },
    formatters: { log: redactFields, level: (label) => ({ level: label }) },
    hooks: {
      logMethod(args, method) {
        Reflect.apply(method, this, cleanArguments(args as unknown as unknown[]));
      },
    },
  };
  const destination = options.destination ?? terminal();
  const logger = destination ? pino(settings, destination) : pino(settings);
  // pino formats the fields of child loggers once, before any formatter of ours sees them.
  const makeChild = logger.child;
  logger.child = function child(this: Logger, fields: object, childOptions?: object) {
    return Reflect.apply(makeChild, this, [redactFields(fields), childOptions]);
  } as typeof logger.child;
  return logger;
}

/** pino takes the message of an error as the line's message when there is no other, past all formatters; so it is given here. */
function cleanArguments(args: readonly unknown[]): unknown[] {
  const [first, ...rest] = args;
  const cleanRest = rest.map((item) => (typeof item === 'string' ? redactText(item) : redact(item)));
  if (typeof first === 'string') return [redactText(first), ...cleanRest];
  const error = first instanceof Error ? first : typeof first === 'object' && first !== null && 'err' in first && first.err instanceof Error ? first.err : undefined;
  const fields = first instanceof Error ? { err: first } : first;
  return error !== undefined && rest.length === 0 ? [fields, redactText(error.message)] : [fields, ...cleanRest];
}

function redactFields(fields: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(redact(fields) ?? {}));
}
