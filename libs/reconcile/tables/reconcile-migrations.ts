import { CreateContractBreak1790000001400 } from './create-contract-break.migration.js';
import { CreateEvidence1790000000400 } from './create-evidence.migration.js';
import { CreateHints1790000002300 } from './create-hints.migration.js';
import { CreateMatching1790000001500 } from './create-matching.migration.js';
import { CreateReconcile1790000000300 } from './create-reconcile.migration.js';
import { CreateSweepSpend1790000001620 } from './create-sweep-spend.migration.js';
import { HookDeliveries1790000002710 } from './hook-deliveries.migration.js';

export const reconcileMigrations = [
  CreateReconcile1790000000300,
  CreateEvidence1790000000400,
  CreateContractBreak1790000001400,
  CreateMatching1790000001500,
  CreateSweepSpend1790000001620,
  CreateHints1790000002300,
  HookDeliveries1790000002710,
];
