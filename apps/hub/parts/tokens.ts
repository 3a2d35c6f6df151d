/** Injection tokens of what the hub starts before its modules. */
export const CONFIG = Symbol('config');
export const POOL = Symbol('pool');
export const LOGGER = Symbol('logger');
export const QUEUES = Symbol('queues');
export const SECRETS = Symbol('secrets');
export const CHANNELS = Symbol('channels');
export const LANES = Symbol('lanes');
export const DEMO = Symbol('demo');
export const DATABASE_URL = Symbol('database-url');
