export { decideProposal, MATCH_DECISIONS, type MatchDecision } from './decide-proposal.js';
export { draftedCards, wholeCard, type DraftedCard } from './drafted-cards.js';
export { DUPLICATE_SIGNS, duplicateCards } from './duplicate-list.js';
export { everythingRead } from './everything-read.js';
export { firstReport } from './first-report.js';
export { setMatchByBarcode } from './matching-rule.js';
export { orphanPage } from './orphan-list.js';
export { PROPOSAL_STATES, proposalPage } from './proposal-list.js';
