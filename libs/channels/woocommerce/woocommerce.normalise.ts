import { normaliser, plainForms } from '#channels/contract';
import { attributesInOrder } from './woocommerce.attributes.js';

/** The canonical form of a facet's document; applying it twice changes nothing. */
export const normalise = normaliser({ ...plainForms, attributes: attributesInOrder });
