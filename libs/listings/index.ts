export { listedCondition } from './listed-condition.js';
export { ChannelRegistry } from './channel-registry.js';
export {
  type Account,
  type AccountState,
  type NewAccount,
  type PolicyMode,
  type QuietHours,
  addAccount,
  listAccounts,
  loadAccount,
  raiseEpoch,
  setAccountState,
  setMode,
} from './accounts.js';
export { RULE_TABLES, type RuleTable, type RuleTables, rulesOf, setRules } from './account-rules.js';
export { FollowedClock, parseClock } from './account-clock.js';
export { keptReferences, ReferenceCache, referenceScope } from './references.js';
export { listingsEntities } from './tables/listings-entities.js';
export { listingsMigrations } from './tables/listings-migrations.js';
