export { MOST_INCIDENTS, PackRefused } from './collect-pack.js';
export { type ExportedPack, exportPack } from './export-pack.js';
export type { PackPictures, PackSelection } from './pack-content.js';
export { type PackFault, type PackReport, verifyPack } from './verify-pack.js';
