import { CreateListings1790000000200 } from './create-listings.migration.js';

export const listingsMigrations = [CreateListings1790000000200];
