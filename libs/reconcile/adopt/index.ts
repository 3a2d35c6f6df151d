export { decideProposal, MATCH_DECISIONS, type MatchDecision } from './decide-proposal.js';
