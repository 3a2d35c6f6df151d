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
export { type CardStory, explain } from './explain.js';
export { HeadFile, HeadFileUnreadable } from './head-file.js';
export { type HeadConflict, HeadKeeper, type HeadKeeperOptions, type HeadKeeping, keepHeads } from './keep-heads.js';
export { type ChangeProof, judgeLastWriter, lastWriter, type LastWriter, type LastWriterReason, type PushProof } from './last-writer.js';
export { evidenceOfListing } from './read-evidence.js';
export { CAUSE_NAMES, FACET_NAMES, KIND_NAMES, type Locale } from './story-names.js';
export { type StoryLine, storyText } from './story-line.js';
export { type ExportedPack, exportPack, MOST_INCIDENTS, type PackFault, type PackPictures, PackRefused, type PackReport, type PackSelection, verifyPack } from './pack/index.js';
export { lastWriterText } from './last-writer-text.js';
