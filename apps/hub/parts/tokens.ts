/** Injection tokens of what the hub starts before its modules. */
export const PARTS = Symbol('parts');
export const CONFIG = Symbol('config');
export const POOL = Symbol('pool');
export const LOGGER = Symbol('logger');
