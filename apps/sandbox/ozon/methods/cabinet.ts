import { attributeOf, attributeSchema, dictionary, findType, treeAnswer, type DictionaryValue } from '../categories.js';
import { id, method, shape, text, whole, type Method } from '../method.js';
import { badRequest } from '../problem.js';

interface TypeBody {
  description_category_id: number | string;
  type_id: number | string;
}

const language = { type: 'string', enum: ['DEFAULT', 'RU', 'EN', 'TR', 'ZH_HANS'] };
const anything = shape({});

function checkedType(body: TypeBody): number {
  const type = findType(Number(body.type_id));
  if (!type || type.categoryId !== Number(body.description_category_id)) {
    throw badRequest('description category or type not found');
  }
  return type.typeId;
}

function valuesOf(body: TypeBody & { attribute_id: number | string }): readonly DictionaryValue[] {
  const attribute = attributeOf(checkedType(body), Number(body.attribute_id));
  if (!attribute || attribute.dictionaryId === 0) throw badRequest('attribute has no dictionary');
  return dictionary(attribute.dictionaryId);
}

const valueView = (v: DictionaryValue): object => ({ id: v.id, value: v.value, info: '', picture: '' });

/** Set by the assembly of all methods: what a key may call. */
export function cabinetMethods(allPaths: () => string[]): Method[] {
  return [
    method('/v1/roles', anything, ({ market, key }) => ({
      expires_at: new Date(market.cabinet.current.keys[key].expiresAt).toISOString(),
      roles: [{ name: 'Admin', methods: allPaths() }],
    })),
    method('/v1/seller/info', anything, ({ market }) => ({
      company: {
        name: 'Северный Берег',
        legal_name: 'ООО «Северный Берег»',
        inn: '7700000000',
        ogrn: '1027700000000',
        country: 'Россия',
        currency: market.cabinet.current.currency,
        ownership_form: 'ООО',
        tax_system: 'USN',
      },
      ratings: [],
      subscription: { is_premium: false, type: 'UNSPECIFIED' },
    })),
    method('/v4/product/info/limit', anything, ({ market }) => {
      const { total, daily_create: create, daily_update: update, per_minute: perMinute } = market.cabinet.current;
      const used = market.limits.usage();
      const resetAt = new Date(market.limits.resetAt()).toISOString();
      return {
        total: { limit: total, usage: market.cards.listed },
        daily_create: { limit: create, usage: used.created, reset_at: resetAt },
        daily_update: { limit: update, usage: used.updated, reset_at: resetAt },
        operation_limits: { limit: perMinute, limit_type: 'RATE_LIMIT_PER_MINUTE' },
      };
    }),
    method('/v1/description-category/tree', shape({ language }), () => ({ result: treeAnswer() })),
    method<TypeBody>(
      '/v1/description-category/attribute',
      shape({ description_category_id: id, type_id: id, language }, ['description_category_id', 'type_id']),
      (_call, body) => ({
        result: attributeSchema(checkedType(body)).map((a) => ({
          id: a.id,
          name: a.name,
          description: a.description,
          type: a.type,
          is_required: a.required,
          is_collection: a.collection,
          max_value_count: a.maxValues,
          is_aspect: a.aspect,
          group_id: a.groupId,
          group_name: a.groupName,
          dictionary_id: a.dictionaryId,
          category_dependent: false,
          attribute_complex_id: 0,
          complex_is_collection: false,
        })),
      }),
    ),
    method<TypeBody & { attribute_id: number | string; last_value_id?: number; limit: number }>(
      '/v1/description-category/attribute/values',
      shape(
        {
          attribute_id: id,
          description_category_id: id,
          type_id: id,
          last_value_id: whole,
          limit: { ...whole, minimum: 1, maximum: 2000 },
          language,
        },
        ['attribute_id', 'description_category_id', 'type_id', 'limit'],
      ),
      (_call, body) => {
        const rest = valuesOf(body).filter((v) => v.id > (body.last_value_id ?? 0));
        return { result: rest.slice(0, body.limit).map(valueView), has_next: rest.length > body.limit };
      },
    ),
    method<TypeBody & { attribute_id: number | string; value: string; limit: number }>(
      '/v1/description-category/attribute/values/search',
      shape(
        {
          attribute_id: id,
          description_category_id: id,
          type_id: id,
          value: { ...text, minLength: 2 },
          limit: { ...whole, minimum: 1, maximum: 100 },
        },
        ['attribute_id', 'description_category_id', 'type_id', 'value', 'limit'],
      ),
      (_call, body) => {
        const wanted = body.value.toLowerCase();
        const found = valuesOf(body).filter((v) => v.value.toLowerCase().includes(wanted));
        return { result: found.slice(0, body.limit).map(valueView) };
      },
    ),
    { path: '/v1/actions', verb: 'GET', run: () => ({ result: [] }) },
  ];
}
