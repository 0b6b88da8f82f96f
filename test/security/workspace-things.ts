import type { ApiClient } from '../support/api-client.js';
import { until } from '../support/until.js';
import type { Schema } from './openapi-routes.js';

/** One id of each collection that the API has, by the collection's name in paths. */
export type Things = Record<string, string>;

/** The smallest PNG a decoder accepts: one transparent pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

/** Makes one of everything in the client's workspace. `mark` stands in every name, so that a list that shows it tells. */
export async function makeThings(api: ApiClient, mark: string): Promise<Things> {
  const id = async (path: string, body: unknown) => (await api.post<{ id: string }>(path, body)).id;
  const lists = await id('/lists', { name: `list ${mark}` });
  const contacts = await id('/contacts', {
    email: `${mark}@example.com`,
    name: mark,
    lists: [{ id: lists, consent: { source: 'test' } }],
  });
  const content = { subject: `subject ${mark}`, html: '<p>{{email}} <a href="https://example.com/">go</a></p>' };
  const from = { name: 'Shop', address: 'news@brand.example' };
  const place = { host: '127.0.0.1', port: 1, security: 'none' };
  const auth = { method: 'password', user: mark, password: 'secret of a mailbox' };
  const csv = { name: `${mark}.csv`, type: 'text/csv', content: `email\n${mark}-2@example.com\nwrong\n` };
  const png = { name: `${mark}.png`, type: 'image/png', content: PIXEL };
  const text = { name: `${mark}.txt`, type: 'text/plain', content: 'hello' };
  const imports = (await api.upload<{ id: string }>(`/lists/${lists}/imports`, csv, { consent: { source: 'test' } }))
    .id;
  await until(async () => (await api.get(`/imports/${imports}`)).status === 'done', { what: 'the import to be done' });
  const campaigns = await id('/campaigns', {
    ...{ name: `campaign ${mark}`, from, content },
    audience: { lists: [lists] },
  });
  const { items } = await api.get<{ items: { rule: string; version: number }[] }>('/hygiene');
  const templates = await id('/templates', { name: `template ${mark}`, ...content });
  await api.patch(`/templates/${templates}`, { version: 1, subject: `another ${mark}` });
  const spacer = { type: 'spacer', id: 'a', height: 9, padding: { top: 0, right: 0, bottom: 0, left: 0 } };
  const version = items.find(({ rule }) => rule === 'suspended')?.version ?? 0;
  const rule = { version, enabled: true, parameters: { times: 3, withinDays: 30 } };
  const changes = (await api.patch<{ id: string }>('/hygiene/suspended', rule)).id;
  return {
    lists,
    changes,
    contacts,
    segments: await id('/segments', { name: `segment ${mark}`, rule: ruleAbout(lists) }),
    imports,
    cleanings: await id(`/lists/${lists}/cleanings`, {}),
    forms: await id('/forms', { name: `form ${mark}`, lists: [lists] }),
    fields: await id('/fields', { key: `f_${mark}`, label: mark, type: 'text' }),
    tags: await id('/tags', { name: `tag ${mark}` }),
    templates,
    'saved-blocks': await id('/saved-blocks', { name: `block ${mark}`, content: { kind: 'block', block: spacer } }),
    images: (await api.upload<{ id: string }>('/images', png)).id,
    attachments: (await api.upload<{ id: string }>('/attachments', text)).id,
    campaigns,
    rehearsals: await id(`/campaigns/${campaigns}/rehearsals`, {}),
    shares: await id(`/campaigns/${campaigns}/shares`, {}),
    'smtp-accounts': await id('/smtp-accounts', { name: `account ${mark}`, ...place }),
    'sending-domains': await id('/sending-domains', { domain: `${mark}.example` }),
    mailboxes: await id('/mailboxes', { name: `box ${mark}`, protocol: 'imap', ...place, auth, enabled: false }),
    suppressions: await id('/suppressions', { address: `gone-${mark}@example.com` }),
    'api-keys': await id('/api-keys', { name: `key ${mark}`, scopes: ['read'] }),
    messages: await id('/messages', { to: `${mark}@example.com`, from: from.address, subject: mark, text: mark }),
    purchases: (
      await api.post('/purchases', { purchases: [{ email: `${mark}@example.com`, orderId: `order ${mark}` }] })
    ).items[0].id,
    phrases: await id('/phrases', { phrase: `words of ${mark}`, kind: 'bounce', reason: 'userunknown' }),
    workspaces: (await api.get('/workspaces')).items[0].id,
  };
}

const ruleAbout = (list: string) => ({
  version: 1,
  root: { kind: 'all', of: [{ kind: 'list', op: 'any', lists: [list] }] },
});

/** Which collection an id in a body belongs to, by the name of its field. */
const COLLECTION_OF_FIELD: Record<string, string> = {
  lists: 'lists',
  excludeLists: 'lists',
  listId: 'lists',
  segments: 'segments',
  excludeSegments: 'segments',
  contactId: 'contacts',
  campaignId: 'campaigns',
  ids: 'contacts',
  templateId: 'templates',
  smtpAccounts: 'smtp-accounts',
  smtpAccountId: 'smtp-accounts',
  attachments: 'attachments',
};

let count = 0;

/** Values that a schema can't tell: what must exist, be unique or lie in the future. */
function known(field: string, things: Things, parent: string): unknown {
  const collection = COLLECTION_OF_FIELD[field] ?? (field === 'id' ? COLLECTION_OF_FIELD[parent] : undefined);
  if (collection) return things[collection];
  if (/^(email|address|to)$/.test(field)) return `somebody${(count += 1)}@example.com`;
  if (field === 'amount') return '12.50';
  if (field === 'currency') return 'CNY';
  if (field === 'timezone') return 'Asia/Shanghai';
  if (field === 'id') return `n${(count += 1)}`;
  if (/^(color|bg)$/.test(field)) return '#1f2329';
  if (field === 'path') return 'fields.city';
  if (field === 'host') return '127.0.0.1';
  if (field === 'tokenUrl') return 'https://login.example/token';
  if (field === 'assigneeId' || field === 'answerId' || field === 'lastAnswerId') return '1';
  if (field === 'selector') return 's1';
  if (field === 'ip') return '192.0.2.1';
  if (field === 'key') return `made_${(count += 1)}`;
  if (field === 'domain' || field === 'fromDomains') return 'brand.example';
  if (field === 'at' || field === 'expiresAt' || field === 'startAt') return '2099-01-02T03:04:05Z';
  return undefined;
}

/** A body that the schema, and as far as possible the product, accepts. */
export function sampleOf(
  schema: Schema,
  things: Things,
  resolve: (schema: Schema) => Schema,
  field = '',
  parent = '',
): unknown {
  const { type, enum: choices, const: only, oneOf, items, properties, additionalProperties, ...rest } = resolve(schema);
  const anyOf = rest.anyOf ?? oneOf;
  if (only !== undefined) return only;
  if (choices) return choices[0];
  if (anyOf) {
    const option = anyOf.find((each) => resolve(each).type !== 'null') ?? {};
    return sampleOf(option, things, resolve, field, parent);
  }
  switch (Array.isArray(type) ? type[0] : type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(properties ?? (typeof additionalProperties === 'object' ? { made: additionalProperties } : {}))
          // A key is made where none is given, content is one of document, HTML and MJML, and a variant with a time of
          // its own has nothing else of its own.
          .filter(([name]) => !['privateKey', 'mjml', 'document', 'sendAt'].includes(name))
          .map(([name, each]) => [name, sampleOf(each, things, resolve, name, field || parent)]),
      );
    case 'array':
      return items ? [sampleOf(items, things, resolve, field, field)] : [];
    case 'integer':
    case 'number':
      return resolve(schema).minimum ?? 1;
    case 'boolean':
      return true;
    case 'string':
      return known(field, things, parent) ?? `made ${(count += 1)} of text`;
    default:
      return {};
  }
}
