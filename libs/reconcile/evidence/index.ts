export { appendEvidence } from './append-evidence.js';
export type { ChainFault, ChainProblem } from './chain-check.js';
export type {
  DriftNoticed,
  EvidenceBodies,
  EvidenceEntry,
  EvidenceKind,
  EvidencePrints,
  PushIntended,
  RecordedEvidence,
  RevisionOrigin,
} from './evidence-entry.js';
export { pruneBodies } from './prune-bodies.js';
export { type EvidenceReport, type KeptHead, verifyEvidence } from './verify-evidence.js';
