export { type Steerer, SteeringRefused } from './steering-context.js';
export { closeCase } from './close-case.js';
export { coverOfRule, setRuleEnd } from './ignore-rule-cover.js';
export { setPolicy } from './policy.js';
export { type AccountRemoval, previewRemoval, removeAccount } from './remove-account.js';
export { pauseAccount, releaseBrake, resumeAccount, setQuietHours } from './account-state.js';
export { approveDrift, approveListing, freezeListing, retryDrift, retryFailing } from './listing-steering.js';
export { type IgnorePreview, type IgnoreRuleDraft, type IgnoreRuleRow, createIgnoreRule, deleteIgnoreRule, listIgnoreRules, previewIgnoreRule } from './ignore-rules.js';
