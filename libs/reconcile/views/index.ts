export { LISTING_STATES, type ListingCounts, type ListingState, addCounts, allWell } from './counts.js';
export { type AccountStatus, type HubStatus, type StatusSubject, type SweepAges, hubStatus } from './account-status.js';
export { contractBreaks } from './contract-breaks.js';
export { DRIFT_STATES, type DriftFilter, type DriftRow, type DriftState, type DriftSummary, driftById, driftPage, driftSummary } from './drift-list.js';
export { type FacetDocuments, facetDocuments } from './facet-documents.js';
export { type FacetRowView, type ListingFilter, type ListingRow, type RenderedView, facetsOf, lastRender, listingById, listingPage, listingsOfSku } from './listing-list.js';
export { type QuotaForecast, quotaForecast } from './quota-forecast.js';
export { type CaseRow, type WorkFigures, casePage, workFigures } from './work-figures.js';
