import { SweepRun } from './sweep-run.entity.js';
import { SweepSeen } from './sweep-seen.entity.js';
import { SweepSpend } from './sweep-spend.entity.js';
import { SweepHint } from './sweep-hint.entity.js';
import { ChannelHook } from './channel-hook.entity.js';
import { ReadPrint } from './read-print.entity.js';
import { ObservedDocument } from './observed-document.entity.js';
import { Picture } from './picture.entity.js';
import { Drift } from './drift.entity.js';
import { PushIntent } from './push-intent.entity.js';
import { RefusedPath } from './refused-path.entity.js';
import { MatchProposal } from './match-proposal.entity.js';
import { OrphanLook } from './orphan-look.entity.js';
import { IgnoreRule } from './ignore-rule.entity.js';
import { ContractBreak } from './contract-break.entity.js';
import { CaseFile } from './case-file.entity.js';
import { EvidenceEntryRow } from './evidence-entry.entity.js';
import { EvidenceBodyRow } from './evidence-body.entity.js';
import { EvidenceHeadRow } from './evidence-head.entity.js';

export const reconcileEntities = [
  SweepRun,
  SweepSeen,
  SweepSpend,
  SweepHint,
  ChannelHook,
  ReadPrint,
  ObservedDocument,
  Picture,
  Drift,
  PushIntent,
  RefusedPath,
  IgnoreRule,
  CaseFile,
  MatchProposal,
  OrphanLook,
  ContractBreak,
  EvidenceEntryRow,
  EvidenceBodyRow,
  EvidenceHeadRow,
];
