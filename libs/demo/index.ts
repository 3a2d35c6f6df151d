export { generateDemo, type DemoBatch, type DemoOptions, type DemoProduct } from './generate-demo.js';
export { loadDemoCatalog, type DemoProgress } from './load-demo-catalog.js';
