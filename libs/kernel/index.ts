export { type Clock, wallClock, sleepWall } from './clock.js';
export { type Money, parseMoney, formatMoney, sameMoney } from './money.js';
export { type Diagnostic, hasErrors } from './diagnostics.js';
export { ChannelError, RetryLater, Throttled, Refused, Unauthorised, Unsupported, BrokenContract } from './errors.js';
export { fingerprint, fingerprintOf } from './fingerprint.js';
export { plainText } from './text.js';
