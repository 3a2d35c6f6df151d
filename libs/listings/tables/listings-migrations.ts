import { CreateListings1790000000200 } from './create-listings.migration.js';
import { PlannedView1790000001110 } from './planned-view.migration.js';

export const listingsMigrations = [CreateListings1790000000200, PlannedView1790000001110];
