import 'reflect-metadata';
import { Type } from 'class-transformer';
import { IsBoolean, IsDefined, IsIn, IsInt, IsOptional, IsString, IsUrl, Matches, Max, Min, MinLength, ValidateNested } from 'class-validator';

const DATABASE_URL = /^postgres(ql)?:\/\/[^\s]+$/;
const REDIS_URL = /^rediss?:\/\/[^\s]+$/;
const SECRET_KEY = /^[0-9a-fA-F]{64}$|^[A-Za-z0-9+/]{43}=$/;

export const ROLES = ['all', 'api', 'worker'] as const;
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export type Role = (typeof ROLES)[number];
export type LogLevel = (typeof LOG_LEVELS)[number];

export class HttpConfig {
  @IsString({ message: 'must be an address to listen on, e.g. 127.0.0.1 or 0.0.0.0' })
  readonly host!: string;

  @IsInt({ message: 'must be a whole number from 0 to 65535' })
  @Min(0, { message: 'must be from 0 (any free port) to 65535' })
  @Max(65535, { message: 'must be from 0 (any free port) to 65535' })
  readonly port!: number;

  /** Proxies in front of the hub; absent: a request comes from whoever opened its connection. */
  @IsOptional()
  @IsString({ message: 'must be addresses or networks separated by commas, e.g. 127.0.0.1,10.0.0.0/8' })
  readonly trustedProxies?: string;
}

export class DatabaseConfig {
  /** Absent: the hub starts its own PostgreSQL in the data folder. */
  @IsOptional()
  @Matches(DATABASE_URL, { message: 'must look like postgres://user:password@host:5432/database' })
  readonly url?: string;

  @IsInt({ message: 'must be a whole number from 2 to 50' })
  @Min(2, { message: 'must be at least 2' })
  @Max(50, { message: 'must be at most 50' })
  readonly poolMax!: number;

  @IsInt({ message: 'must be a whole number of seconds' })
  @Min(0, { message: 'must be 0 or more' })
  @Max(3600, { message: 'must be at most 3600' })
  readonly waitSeconds!: number;

  @IsInt({ message: 'must be a whole number of milliseconds' })
  @Min(100, { message: 'must be at least 100' })
  @Max(600_000, { message: 'must be at most 600000' })
  readonly statementTimeoutMs!: number;
}

export class QueueConfig {
  /** Absent: the queue lives in PostgreSQL. */
  @IsOptional()
  @Matches(REDIS_URL, { message: 'must look like redis://host:6379 or rediss://host:6379' })
  readonly redisUrl?: string;

  @IsInt({ message: 'must be a whole number from 6 to 60' })
  @Min(6, { message: 'must be at least 6' })
  @Max(60, { message: 'must be at most 60' })
  readonly poolMax!: number;
}

export class MediaConfig {
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false }, { message: 'must be an http(s) address under which the hub is reachable from outside' })
  readonly publicUrl?: string;
}

export class ImportsConfig {
  /** Hosts of the own network that files and pictures may be fetched from, `host:port` separated by commas. */
  @IsOptional()
  @Matches(/^[^\s,/]+:\d{1,5}(,[^\s,/]+:\d{1,5})*$/, { message: 'must be host:port entries separated by commas, e.g. 192.168.1.10:80' })
  readonly privateHosts?: string;
}

export class HooksConfig {
  /** Absent: own sites are told of no address, and sweeps alone notice what changed there. */
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false }, { message: 'must be an http(s) address under which the hub is reachable from outside' })
  readonly publicUrl?: string;
}

export class SecretsConfig {
  @IsOptional()
  @Matches(SECRET_KEY, { message: 'must be 32 bytes as 64 hex digits or as base64; make one with: openssl rand -hex 32' })
  readonly key?: string;

  @IsOptional()
  @IsString({ message: 'must be a text' })
  @MinLength(8, { message: 'must have at least 8 characters' })
  readonly adminPassword?: string;
}

export class DemoConfig {
  @IsBoolean({ message: 'must be on or off' })
  readonly enabled!: boolean;

  @IsInt({ message: 'must be a whole number of cards' })
  @Min(1, { message: 'must be at least 1' })
  @Max(1_000_000, { message: 'must be at most 1000000' })
  readonly cards!: number;

  @IsInt({ message: 'must be a whole number' })
  @Min(0, { message: 'must be 0 or more' })
  @Max(2_147_483_647, { message: 'must be at most 2147483647' })
  readonly seed!: number;

  /** Channels of the demo, separated by commas; all there are when absent. */
  @IsOptional()
  @Matches(/^[a-z0-9-]+(,[a-z0-9-]+)*$/, { message: 'must be channel ids separated by commas' })
  readonly channels?: string;

  @IsInt({ message: 'must be a whole number from 1 to 1000' })
  @Min(1, { message: 'must be at least 1' })
  @Max(1000, { message: 'must be at most 1000' })
  readonly clockRate!: number;
}

export class SandboxConfig {
  @IsInt({ message: 'must be a whole number from 0 to 65535' })
  @Min(0, { message: 'must be from 0 (any free port) to 65535' })
  @Max(65535, { message: 'must be from 0 (any free port) to 65535' })
  readonly port!: number;
}

/** Deliberate damage to the account loops, for the fault tests; checked again where it is carried out. */
export class FaultsConfig {
  /** The kill point at which the process dies hard. */
  @IsOptional()
  @Matches(/^[a-z-]+$/, { message: 'must be the name of a kill point' })
  readonly kill?: string;

  /** Protections that are switched off, by name, separated by commas. */
  @IsOptional()
  @Matches(/^[a-z-]+(,[a-z-]+)*$/, { message: 'must be names separated by commas' })
  readonly sabotage?: string;
}

export class LogConfig {
  @IsIn(LOG_LEVELS, { message: `must be one of ${LOG_LEVELS.join(', ')}` })
  readonly level!: LogLevel;
}

/** Everything the program reads from outside at boot; frozen, see `config/default.yaml` for what each key means. */
export class AppConfig {
  @IsIn(ROLES, { message: `must be one of ${ROLES.join(', ')}` })
  readonly role!: Role;

  /** Absolute path. */
  @IsString({ message: 'must be a folder' })
  @MinLength(1, { message: 'must be a folder' })
  readonly dataDir!: string;

  @IsDefined({ message: 'must be present' }) @ValidateNested() @Type(() => HttpConfig) readonly http!: HttpConfig;
  @IsDefined({ message: 'must be present' }) @ValidateNested() @Type(() => DatabaseConfig) readonly database!: DatabaseConfig;
  @IsDefined({ message: 'must be present' }) @ValidateNested() @Type(() => QueueConfig) readonly queue!: QueueConfig;
  @IsDefined({ message: 'must be present' }) @ValidateNested() @Type(() => MediaConfig) readonly media!: MediaConfig;
  @IsDefined({ message: 'must be present' }) @ValidateNested() @Type(() => ImportsConfig) readonly imports!: ImportsConfig;
  @IsDefined({ message: 'must be present' }) @ValidateNested() @Type(() => HooksConfig) readonly hooks!: HooksConfig;
  @IsDefined({ message: 'must be present' }) @ValidateNested() @Type(() => SecretsConfig) readonly secrets!: SecretsConfig;
  @IsDefined({ message: 'must be present' }) @ValidateNested() @Type(() => DemoConfig) readonly demo!: DemoConfig;
  @IsDefined({ message: 'must be present' }) @ValidateNested() @Type(() => SandboxConfig) readonly sandbox!: SandboxConfig;
  @IsDefined({ message: 'must be present' }) @ValidateNested() @Type(() => LogConfig) readonly log!: LogConfig;
  @IsDefined({ message: 'must be present' }) @ValidateNested() @Type(() => FaultsConfig) readonly faults!: FaultsConfig;
}
