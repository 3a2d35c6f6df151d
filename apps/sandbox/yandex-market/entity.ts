import { FOREIGN_CAMPAIGN, type CabinetOffice, type Campaign } from './cabinet.js';
import type { Entity } from './limits.js';
import { forbidden, notFound } from './problem.js';

const WHY_CLOSED: Readonly<Record<Exclude<Campaign['apiAvailability'], 'AVAILABLE'>, (id: number) => string>> = {
  MANUALLY_DISABLED: (id) => `API for campaign '${id}' manually disabled`,
  DISABLED_BY_INACTIVITY: (id) => `API for campaign '${id}' disabled due to inactivity`,
  DISABLED_BY_NO_ACTIVE_CONTRACT: (id) => `API for campaign '${id}' has no active contracts`,
  DISABLED_BY_NO_PLACEMENT_TYPE: (id) => `API for campaign '${id}' has no placement program`,
};

/** Whom the path of a request is about; throws 403 and 404 for those the key has nothing to do with. */
export function entityOf(cabinet: CabinetOffice, params: Readonly<Record<string, string>>): { entity: Entity; campaign: Campaign | undefined } {
  const { business } = cabinet.current;
  const { businessId, campaignId } = params;
  if (campaignId !== undefined) {
    const campaign = cabinet.campaign(Number(campaignId));
    if (Number(campaignId) === FOREIGN_CAMPAIGN) throw forbidden(`No access to campaigns: ${campaignId}`);
    if (!campaign) throw notFound(`Campaign not found '${campaignId}'`);
    if (campaign.apiAvailability !== 'AVAILABLE') throw forbidden(WHY_CLOSED[campaign.apiAvailability](campaign.id));
    return { entity: { kind: 'campaignId', id: campaign.id }, campaign };
  }
  if (businessId !== undefined && Number(businessId) !== business.id) throw forbidden('Access denied');
  return { entity: { kind: 'businessId', id: business.id }, campaign: undefined };
}
