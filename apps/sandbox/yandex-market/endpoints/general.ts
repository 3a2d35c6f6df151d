import type { Campaign } from '../cabinet.js';
import { endpoint, ok, type Call, type Endpoint } from '../endpoint.js';
import { perHour, perMinute } from '../limits.js';
import { asked, take } from '../paging.js';
import { filterOf, shape } from '../shapes.js';

const LOGISTICS = { areas: ['inventory-and-order-processing'] } as const;
const campaignIds = filterOf({ type: 'integer', minimum: 1 }, 25);
const components = filterOf({ enum: ['ADDRESS', 'STATUS'] });
/** All warehouses, where they form one group. */
const GROUP = { id: 77_001, name: 'Все склады' };
const ADDRESS = { city: 'Тверь', street: 'Складская улица', number: '1', gps: { latitude: 56.86, longitude: 35.9 } };

/** The key, the business, its stores and warehouses. */
export const generalEndpoints: Endpoint[] = [
  endpoint({ verb: 'POST', path: '/v2/auth/token', need: {}, limit: perHour('auth/token', 100) }, ({ office, key }) => {
    const { name, scopes } = office.cabinet.current.keys[key];
    return ok({ apiKey: { name, authScopes: scopes.map((scope) => scope.toUpperCase().replace(/[-:]/g, '_')) } });
  }),

  endpoint({ verb: 'POST', path: '/v2/businesses/{businessId}/settings', need: {}, limit: perHour('settings', 100) }, ({ office }) => {
    const { business, only_default_price: onlyDefaultPrice, subscription } = office.cabinet.current;
    return ok({ info: business, settings: { onlyDefaultPrice, currency: 'RUR' }, subscriptionLevel: subscription });
  }),

  endpoint({ verb: 'GET', path: '/v2/campaigns', need: {}, limit: perHour('campaigns', 1000) }, ({ office, query }) => {
    const request = asked(query, 'campaigns', {}, { usual: 100, most: 100, over: 'refuse' });
    const stores = office.cabinet.current.campaigns.map((campaign) => ({ campaign, seq: campaign.id }));
    const { items, paging } = take(after(stores, request.after), request, () => true);
    return { body: { campaigns: items.map(({ campaign }) => campaignAnswer(office, campaign)), paging } };
  }),

  endpoint({ verb: 'GET', path: '/v2/campaigns/{campaignId}', need: {}, limit: perHour('campaign', 5000) }, ({ office, campaign }) => ({
    body: { campaign: campaign ? campaignAnswer(office, campaign) : {} },
  })),

  endpoint<{ components?: string[] | null; campaignIds?: number[] | null } | undefined>(
    { verb: 'POST', path: '/v2/businesses/{businessId}/warehouses', need: LOGISTICS, limit: perHour('warehouses', 100), body: shape({ components, campaignIds }) },
    (call, filter) => {
      const { office, query } = call;
      const request = asked(query, 'warehouses', filter, { usual: 15, most: 30, over: 'refuse' });
      const { items, paging } = take(after(numbered(call), request.after), request, ({ campaign }) => !filter?.campaignIds || filter.campaignIds.includes(campaign.id));
      const grouped = office.cabinet.current.warehouse_groups ? { groupInfo: GROUP } : {};
      const warehouses = items.map(({ campaign }) => ({
        ...campaign.warehouse,
        campaignId: campaign.id,
        express: false,
        ...grouped,
        ...(filter?.components?.includes('ADDRESS') ? { address: ADDRESS } : {}),
      }));
      return ok({ warehouses, paging });
    },
  ),

  endpoint(
    {
      verb: 'GET',
      path: '/v2/businesses/{businessId}/warehouses',
      need: LOGISTICS,
      limit: perMinute('warehouses (GET)', 100),
      deprecated: { failsFrom: '2027-01-18', goneFrom: '2027-04-05' },
    },
    ({ office }) => {
      const all = office.cabinet.current.campaigns.map(({ id, warehouse }) => ({ ...warehouse, campaignId: id, express: false }));
      if (!office.cabinet.current.warehouse_groups) return ok({ warehouses: all, warehouseGroups: [] });
      return ok({ warehouses: [], warehouseGroups: [{ name: GROUP.name, mainWarehouse: all[0], warehouses: all }] });
    },
  ),

  endpoint<{ components?: string[] | null } | undefined>(
    { verb: 'POST', path: '/v3/businesses/{businessId}/warehouses', need: LOGISTICS, limit: perHour('v3 warehouses', 100), body: shape({ components }) },
    (call, filter) => {
      const { office, query } = call;
      const request = asked(query, 'v3 warehouses', filter, { usual: 15, most: 30, over: 'refuse' });
      // Warehouses of a group are not told here.
      const { items, paging } = take(after(office.cabinet.current.warehouse_groups ? [] : numbered(call), request.after), request, () => true);
      const warehouses = items.map(({ campaign: { warehouse, placementType, apiAvailability } }) => ({
        ...warehouse,
        models: [{ placementType, apiAvailability }],
        ...(filter?.components?.includes('ADDRESS') ? { address: ADDRESS } : {}),
      }));
      return ok({ warehouses, paging });
    },
  ),
];

const numbered = ({ office }: Call): { campaign: Campaign; seq: number }[] => office.cabinet.current.campaigns.map((campaign) => ({ campaign, seq: campaign.warehouse.id }));

const after = <T extends { seq: number }>(items: readonly T[], seq: number): T[] => items.filter((one) => one.seq > seq);

function campaignAnswer({ cabinet }: Call['office'], { id, domain, placementType, apiAvailability }: Campaign): object {
  return { id, domain, business: cabinet.current.business, placementType, apiAvailability };
}
