import { link } from '../answers/item.js';
import { ok, READING, type Call, type Endpoint } from '../endpoint.js';
import { homeOf, API, type Office } from '../office.js';
import { Problem } from '../problem.js';

interface Setting {
  readonly id: string;
  readonly label: string;
  readonly type: string;
  readonly initial: string;
  value(office: Office): string;
}

const GROUPS: Readonly<Record<string, { label: string; settings: readonly Setting[] }>> = {
  general: {
    label: 'General',
    settings: [
      { id: 'woocommerce_currency', label: 'Currency', type: 'select', initial: 'USD', value: ({ cabinet }) => cabinet.current.currency },
      {
        id: 'woocommerce_price_thousand_sep',
        label: 'Thousand separator',
        type: 'text',
        initial: ',',
        value: ({ cabinet }) => (cabinet.current.decimal_separator === ',' ? ' ' : ','),
      },
      { id: 'woocommerce_price_decimal_sep', label: 'Decimal separator', type: 'text', initial: '.', value: ({ cabinet }) => cabinet.current.decimal_separator },
      { id: 'woocommerce_price_num_decimals', label: 'Number of decimals', type: 'number', initial: '2', value: () => '2' },
      { id: 'woocommerce_calc_taxes', label: 'Enable taxes', type: 'checkbox', initial: 'no', value: () => 'no' },
    ],
  },
  products: {
    label: 'Products',
    settings: [
      { id: 'woocommerce_weight_unit', label: 'Weight unit', type: 'select', initial: 'kg', value: ({ cabinet }) => cabinet.current.weight_unit },
      { id: 'woocommerce_dimension_unit', label: 'Dimensions unit', type: 'select', initial: 'cm', value: ({ cabinet }) => cabinet.current.dimension_unit },
      { id: 'woocommerce_manage_stock', label: 'Manage stock', type: 'checkbox', initial: 'yes', value: ({ cabinet }) => (cabinet.current.manage_stock ? 'yes' : 'no') },
      { id: 'woocommerce_notify_no_stock_amount', label: 'Out of stock threshold', type: 'number', initial: '0', value: () => '0' },
      { id: 'woocommerce_hide_out_of_stock_items', label: 'Out of stock visibility', type: 'checkbox', initial: 'no', value: () => 'no' },
    ],
  },
};

export const settingEndpoints: readonly Endpoint[] = [
  {
    ...{ verbs: READING, path: '/settings', act: 'list' },
    run: ({ office }) =>
      ok(Object.entries(GROUPS).map(([id, { label }]) => ({ id, label, description: '', parent_id: '', sub_groups: [], _links: { options: link(office, `/settings/${id}`) } }))),
  },
  { verbs: READING, path: '/settings/{group_name}', act: 'list', run: (call) => ok(groupOf(call).settings.map((one) => answer(call, one))) },
  {
    ...{ verbs: READING, path: '/settings/{group_name}/{setting_name}', act: 'view' },
    run: (call) => {
      const found = groupOf(call).settings.find((one) => one.id === call.params['setting_name']);
      if (!found) throw new Problem(404, 'rest_setting_setting_invalid', 'Invalid setting.');
      return ok(answer(call, found));
    },
  },
  { verbs: READING, path: '/system_status', act: 'list', run: ({ office }) => ok(statusOf(office)) },
  {
    verbs: READING,
    path: '/data/currencies/current',
    act: 'view',
    run: ({ office }) => ok(currencyOf(office)),
  },
];

function currencyOf(office: Office): object {
  const { currency } = office.cabinet.current;
  const path = '/data/currencies';
  return { code: currency, name: currency, symbol: currency, _links: { self: link(office, `${path}/${currency}`), collection: link(office, path) } };
}

function groupOf({ params }: Call): { settings: readonly Setting[] } {
  const group = GROUPS[params['group_name'] ?? ''];
  if (!group) throw new Problem(404, 'rest_setting_setting_group_invalid', 'Invalid setting group.');
  return group;
}

function answer({ office, params }: Call, { id, label, type, initial, value }: Setting): object {
  const group = params['group_name'] ?? '';
  return {
    ...{ id, label, description: '', type, default: initial, tip: '', value: value(office), group_id: group },
    _links: { self: link(office, `/settings/${group}/${id}`), collection: link(office, `/settings/${group}`) },
  };
}

function statusOf(office: Office): object {
  const { cabinet } = office;
  const home = homeOf(office);
  return {
    environment: {
      ...{ home_url: home, site_url: home, version: cabinet.release.woocommerce, wp_version: cabinet.release.wordpress, wp_multisite: false, wp_memory_limit: 268_435_456 },
      ...{
        wp_debug_mode: false,
        wp_cron: cabinet.current.cron === 'on',
        language: 'ru_RU',
        php_version: '8.2.20',
        php_max_execution_time: 60,
        max_upload_size: 67_108_864,
        default_timezone: 'UTC',
      },
    },
    settings: {
      ...{ api_enabled: false, force_ssl: false, currency: cabinet.current.currency, currency_symbol: cabinet.current.currency, currency_position: 'right_space' },
      ...{ thousand_separator: cabinet.current.decimal_separator === ',' ? ' ' : ',', decimal_separator: cabinet.current.decimal_separator, number_of_decimals: 2 },
    },
    active_plugins: [],
  };
}

/** What the site and the API say of themselves, to whoever asks. */
export function indexOf(office: Office, endpoints: readonly Endpoint[], whole: boolean): object {
  const routes = Object.fromEntries(
    endpoints
      .filter(({ since = 0 }) => since <= office.cabinet.current.release)
      .map(({ path, verbs }): [string, object] => [
        `/wc/v3${path.replace(/\{(\w+)\}/g, (_all, name: string) => `(?P<${name}>${name.endsWith('_name') ? '[\\w-]+' : '[\\d]+'})`)}`,
        { namespace: 'wc/v3', methods: verbs },
      ]),
  );
  const home = homeOf(office);
  if (!whole) return { namespace: 'wc/v3', routes, _links: { up: [{ href: `${home}/wp-json/` }] } };
  const about = { name: office.cabinet.current.name, description: '', url: home, home, gmt_offset: String(office.cabinet.current.utc_offset_minutes / 60), timezone_string: '' };
  return { ...about, namespaces: ['wp/v2', 'wc/v1', 'wc/v2', 'wc/v3'], authentication: {}, routes, _links: { help: [{ href: `${home}${API}` }] } };
}
