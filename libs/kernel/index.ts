export { type Clock, wallClock, sleepWall } from './clock.js';
export { type Money, parseMoney, formatMoney, sameMoney } from './money.js';
export { type Diagnostic, hasErrors } from './diagnostics.js';
export { ChannelError, RetryLater, Throttled, Refused, Unauthorised, Unsupported, BrokenContract } from './errors.js';
export { fingerprint, fingerprintBits, fingerprintOf } from './fingerprint.js';
export { plainText, line, paragraphs, nameForm, SAFE_TAGS } from './text.js';
export { unitOfName, nameWithoutUnit, convert, numberText, measureOf } from './measures.js';
export { type Doc, readDoc, readDocOrEmpty, readList, readPresentList, readText, readKey, readId, readNumber, readFlag, readTexts, sendId } from './json-reading.js';
