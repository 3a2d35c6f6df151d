import { catalogEntities } from './entities/catalog-entities.js';
import { CatalogModel1790000001100 } from './migrations/1790000001100-catalog-model.js';
import { Catalog1790000000100 } from './migrations/1790000000100-catalog.js';
import { PictureSources1790000001300 } from './migrations/1790000001300-picture-sources.js';
import { ProductWords1790000001400 } from './migrations/1790000001400-product-words.js';
import { ChannelArchived1790000002600 } from './migrations/1790000002600-channel-archived.js';
import { OutboxTransaction1790000002700 } from './migrations/1790000002700-outbox-transaction.js';
import { LighterWrites1790000003000 } from './migrations/1790000003000-lighter-writes.js';
import { PictureWishRevision1790000002900 } from './migrations/1790000002900-picture-wish-revision.js';
import { Jobs1790000001200 } from './migrations/1790000001200-jobs.js';
import { Import1790000001210 } from './migrations/1790000001210-import.js';

export { catalogEntities };
export const catalogMigrations = [
  Catalog1790000000100,
  CatalogModel1790000001100,
  Jobs1790000001200,
  Import1790000001210,
  PictureSources1790000001300,
  ProductWords1790000001400,
  ChannelArchived1790000002600,
  OutboxTransaction1790000002700,
  PictureWishRevision1790000002900,
  LighterWrites1790000003000,
];

export { ProductService, type PatchRequest, type ReplaceRequest, type Saved } from './product.service.js';
export { productConditions, type Bind, type ListedCondition, type ListedFilter, type ProductFilter } from './search/product-filter.js';
export { ProductReader, type ProductPage, type ProductSnapshotRow, type StoredProduct, type StoredRevision } from './read/product-reader.js';
export { announceProducts, changedProducts, forgetChanges, NOTHING_SEEN, outboxMark, type OutboxMark } from './read/outbox.js';
export { type RevisionCause } from './write/revision-cause.js';
export { type WriteOptions, type WriteOutcome } from './write/write-documents.js';
export { type UpsertItem, type UpsertOptions, type UpsertOutcome } from './write/bulk-upsert.js';
export {
  DOCUMENT_FIELDS,
  MEDIA_ROLES,
  type AttributeValue,
  type BundleComponent,
  type ChannelOverride,
  type DocumentField,
  type MediaRef,
  type MediaRole,
  type ProductDocument,
  type ProductInput,
  type ProductPatch,
} from './document/product-document.js';
export { explainedView, viewForChannel, type ExplainedView, type FieldSource, type ProductView } from './channels/channel-view.js';
export { channelTemplates, TEMPLATE_FIELDS, TemplateStore, type ContentTemplate, type TemplateField } from './channels/template-store.js';
export { documentDigest } from './document/canonical-document.js';
export { validateDocument } from './document/validate-document.js';
export { MAX_SKU } from './document/value-checks.js';
export { archivedFor } from './write/channel-archived.js';
export { barcodeFault, checkDigit } from './document/barcode.js';
export {
  BarcodeConflict,
  BulkRefused,
  CatalogError,
  InvalidDeclaration,
  InvalidOperations,
  InvalidProduct,
  PictureRefused,
  ProductNotFound,
  SkuTaken,
  StaleRevision,
  type BarcodeClash,
  type StaleField,
} from './catalog-error.js';
export type { KnownChannels } from './document/known-channels.js';
export { explainFault, LANGUAGES, type FaultCode, type FaultParams, type Language } from './faults/fault-texts.js';
export { ATTRIBUTE_TYPES, declaredIn, type AttributeDeclaration, type AttributeType } from './attributes/attribute-declaration.js';
export { attributeHints } from './attributes/check-attributes.js';
export { DeclarationStore } from './attributes/declaration-store.js';
export { previewDeclaration } from './attributes/preview-declaration.js';
export { editsNeedApproval, setEditsNeedApproval } from './write/edit-approval.js';
export type { DraftOutcome, SeenDraft } from './edit/approvals.js';
export type { BatchItem, BatchOutcome } from './edit/batch-edit.js';
export { BulkEditor, type BulkPreview } from './bulk/bulk-editor.js';
export type { RefusalReason } from './bulk/refusal-reasons.js';
export { bulkEditKind, bulkUndoKind } from './bulk/bulk-kinds.js';
export { BULK_OPERATIONS, type BulkOperation } from './bulk/bulk-operation.js';
export { readOperations } from './bulk/read-operations.js';
export type { BulkRequest } from './bulk/bulk-scope.js';
export { changesBetween, type DocumentChange } from './document/document-changes.js';
export { issueOf, type ValidationIssue } from './faults/validation-issue.js';
export { outcomeIssues } from './write/outcome-issues.js';
export { MediaStore, type OpenPicture, type StoredPicture } from './media/media-store.js';
export { PictureFetcher } from './media/fetched/fetch-picture.js';
export { PictureJob } from './media/fetched/picture-job.js';
export { PictureWishes } from './media/fetched/picture-wishes.js';
export { pictureFingerprint, type PictureFingerprint } from './media/picture-fingerprint.js';
export { colourDistance, hammingDistance, samePicture, type ComparablePicture } from './media/same-picture.js';
export { ImportKind, type ImportParts } from './import/import-kind.js';
export {
  IMPORT_MODES,
  IMPORT_POLICIES,
  type FieldChange,
  type ImportCheckpoint,
  type ImportCounts,
  type ImportMode,
  type ImportPolicy,
  type ImportRequest,
} from './import/import-request.js';
export { CHANGES_HEADER, plannedPages, REPORT_HEADER, reportLines, reportPages, type ReportLine } from './import/import-report.js';
export { previewImport, type ImportPreview } from './import/preview-import.js';
export type { PicturePort, PictureWish } from './import/picture-port.js';
export { rememberColumns, unknownMeaning } from './import/table/table-mapping.js';
export { templateHeader } from './import/table/template.js';
export { LENGTH_UNITS } from './formats/commerceml/commerceml-source.js';
export { UnreadableFile } from './formats/unreadable-file.js';
export type { Wording } from './export/table/wording.js';
export { writeCsv } from './export/table/write-csv.js';
export { writeXlsx } from './export/table/write-xlsx.js';
export { EXPORT_FORMATS, FILE_TYPES, type ExportFormat } from './export/export-format.js';
export { exportProducts, type ExportOptions } from './export/export-products.js';
export { catalogDiff, type FieldDifference } from './export/diff/catalog-diff.js';
export { DIFF_FORMATS, exportDiff, type DiffFormat } from './export/diff/export-diff.js';
export { momentTime, parseMoment, type Moment } from './export/diff/moment.js';
export { JobCancelled, JobLost, type JobCounts, type JobEnd, type JobKind, type JobProgress, type JobRun, type JobState, type StoredJob } from './jobs/job.js';
export { JobRunner, type JobRunnerOptions } from './jobs/job-runner.js';
export { JobStore } from './jobs/job-store.js';
