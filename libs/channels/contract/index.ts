export {
  FACETS,
  CONTENT_FACETS,
  STATUS_CAUSES,
  type Facet,
  type AttributeValue,
  type Dimensions,
  type PriceValue,
  type Presence,
  type StatusCause,
  type StatusValue,
  type FacetValues,
  type FacetValue,
  type CardValues,
  type OfferValues,
} from './facets.js';
export { offerDocuments, isOfferFacet, pickFacets, valueOfPart, valuesOfParts, type FacetDocument } from './offers.js';
export { normaliser, plainForms, type FacetForms } from './plain-forms.js';
export { attributesEcho, echoJudge, numberForm, plainEchoes, statusEcho, type FacetEchoes } from './plain-echoes.js';
export { type MasterAttribute, type ProductOverride, type ProductSnapshot } from './product-snapshot.js';
export { type CardName, type Delivery, type Hint, type HintAddress, type HintReader, type HintSource } from './hints.js';
export { type FloorKeeper } from './floors.js';
export { PRIORITY, type Priority, type BucketSpec, type Spend, type Budget } from './budget.js';
export {
  type LocalText,
  type CredentialField,
  type SweepLane,
  type WriteOperation,
  type ChannelDescriptor,
  type AccountRules,
  type References,
  type Rendered,
  type PictureJudge,
  type Echo,
  type ObservedCard,
  type ObservationPage,
  type Run,
  type PushItem,
  type ListedVariant,
  type Sibling,
  type PushCall,
  type PushOutcome,
  type Receipt,
  type Confirmation,
  type HealthReport,
  type Channel,
  type ChannelPorts,
  type HttpPort,
  type ChannelModule,
} from './channel.js';
export { literalText, productDraft, type AdoptedProduct, type Adoption, type ProductDraft } from './adoption.js';
export { type RuleChoice, type StockPlaces } from './rule-choices.js';
export { placesByRules, stockByRules } from './stock-by-rules.js';
