import { ChannelAccount } from './channel-account.entity.js';
import { FacetPolicy } from './facet-policy.entity.js';
import { Listing } from './listing.entity.js';
import { ListingFacet } from './listing-facet.entity.js';
import { ListingRender } from './listing-render.entity.js';
import { ListingElement } from './listing-element.entity.js';
import { ChannelReference } from './channel-reference.entity.js';

export const listingsEntities = [ChannelAccount, FacetPolicy, Listing, ListingFacet, ListingRender, ListingElement, ChannelReference];
