import { z } from 'zod';
import { ADDRESS_REASONS, ADDRESS_VERDICTS } from '../address-quality.js';
import { CONTACT_STATUSES, IMPORT_STATUSES, MEMBERSHIP_STATUSES, SUPPRESSION_REASONS } from '../statuses.js';
import { Id, Instant, Locale, PageQuery, TimeZone, Version, line, patchOf } from './conventions.js';
import { Purchase } from './purchases.js';

export const FIELD_TYPES = ['text', 'number', 'boolean', 'date'] as const;
export type FieldType = (typeof FIELD_TYPES)[number];
export const FieldKey = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/, 'must start with a letter and have lower-case letters, digits or _ only');
const DefaultValue = line(200, 0)
  .regex(/^[^"{}\\]*$/, 'must not contain quotation marks, braces or backslashes')
  .meta({ description: 'what a mail says instead, as each new use of the variable begins with it; empty: nothing' });
export const FieldBody = z.object({
  key: FieldKey,
  label: line(100),
  type: z.enum(FIELD_TYPES),
  defaultValue: DefaultValue.default(''),
});
export const UpdateFieldBody = z.object({ label: line(100), defaultValue: DefaultValue.optional() });
export const Field = FieldBody.extend({ id: Id, createdAt: Instant }).meta({ id: 'Field' });

/** What names a field, but for mail that has been sent. */
export const FIELD_USES = ['segment', 'template', 'campaign', 'saved_block', 'form'] as const;
export const FieldUsage = z
  .object({
    field: Id,
    total: z.number().int(),
    uses: z
      .array(z.object({ kind: z.enum(FIELD_USES), id: Id, name: z.string() }))
      .meta({ description: 'the first 20' }),
  })
  .meta({ id: 'FieldUsage' });

export const TagBody = z.object({ name: line(60) });
export const Tag = z.object({ id: Id, name: z.string(), contacts: z.number().int() }).meta({ id: 'Tag' });

export const ListBody = z.object({
  name: line(100),
  description: z.string().trim().max(1000).default(''),
  optIn: z.enum(['single', 'double']).default('single'),
  public: z.boolean().default(false),
});
export const UpdateListBody = patchOf(ListBody);
export const List = z
  .object({
    id: Id,
    version: Version,
    name: z.string(),
    description: z.string(),
    optIn: z.enum(['single', 'double']),
    public: z.boolean(),
    counts: z.object({
      subscribed: z.number().int(),
      pending: z.number().int(),
      unsubscribed: z.number().int(),
    }),
    createdAt: Instant,
  })
  .meta({ id: 'List' });

/** How many days {@link ListGrowth} goes back, today among them. */
export const GROWTH_DAYS = 90;
export const ListGrowth = z
  .object({
    days: z.array(
      z.object({
        day: z.iso.date().meta({ description: "in the workspace's time zone" }),
        joined: z.number().int(),
        left: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'ListGrowth', description: 'By the memberships as they are now: who left and came back has only come' });
/** Of the lists that the same question brings as a page: asked for beside it, since that need not wait for it. */
export const ListsGrowthQuery = PageQuery.omit({ count: true });
export const ListsGrowth = z
  .object({
    items: z.array(z.object({ list: Id, change: z.array(z.number().int()) })).meta({
      description: `joined less left, by day, for the last ${GROWTH_DAYS} days, today last`,
    }),
  })
  .meta({ id: 'ListsGrowth' });

/** Evidence that a person asked for mail: who, when, where, which text. */
export const Consent = z.object({
  source: line(200).meta({ description: 'form, import, fair, shop order …' }),
  at: Instant.optional(),
  ip: z.union([z.ipv4(), z.ipv6()]).optional(),
  text: z.string().trim().max(2000).optional(),
});

export const FieldValue = z.union([z.string().max(2000), z.number(), z.boolean(), z.null()]);
const membershipInput = z.object({
  id: Id,
  status: z.enum(MEMBERSHIP_STATUSES).default('subscribed'),
  consent: Consent.optional(),
});
export const ContactBody = z.object({
  email: z.string().max(400),
  name: line(200, 0).default(''),
  locale: Locale.nullable().default(null),
  timezone: TimeZone.nullable().default(null),
  fields: z.record(FieldKey, FieldValue).default({}),
  tags: z.array(line(60)).max(100).default([]),
  lists: z.array(membershipInput).max(100).optional(),
});
export const UpdateContactBody = z
  .object({
    email: z.string().max(400),
    name: line(200, 0),
    locale: Locale.nullable(),
    timezone: TimeZone.nullable(),
    fields: z.record(FieldKey, FieldValue),
    tags: z.array(line(60)).max(100),
    lists: z.array(membershipInput).max(100),
  })
  .partial()
  .extend({ version: Version });
export const Contact = z
  .object({
    id: Id,
    version: Version,
    email: z.string(),
    name: z.string(),
    locale: Locale.nullable(),
    timezone: z.string().nullable(),
    status: z.enum(CONTACT_STATUSES),
    suppressed: z.boolean(),
    fields: z.record(z.string(), FieldValue),
    tags: z.array(z.string()),
    lists: z.array(
      z.object({
        id: Id,
        name: z.string(),
        status: z.enum(MEMBERSHIP_STATUSES),
        consent: Consent.nullable(),
        updatedAt: Instant,
      }),
    ),
    lastActiveAt: Instant.nullable().meta({ description: 'the last time this person opened, clicked or replied' }),
    createdAt: Instant,
    updatedAt: Instant,
  })
  .meta({ id: 'Contact' });
export const ContactQuery = PageQuery.extend({
  list: Id.optional(),
  segment: Id.optional(),
  tag: z.string().max(60).optional(),
  status: z.enum(CONTACT_STATUSES).optional(),
  membership: z.enum(MEMBERSHIP_STATUSES).optional(),
  sort: z.enum(['-createdAt', 'createdAt', 'email']).default('-createdAt'),
});
export const ContactExportQuery = ContactQuery.omit({ limit: true, cursor: true, count: true, sort: true });
/** Of a choice that somebody made by hand: too long for an address. */
export const ContactExportBody = z.object({ ids: z.array(Id).min(1).max(1000) });
export const BulkContactsBody = z.object({
  ids: z.array(Id).min(1).max(1000),
  action: z.enum(['addTag', 'removeTag', 'addToList', 'unsubscribe', 'delete']),
  tag: line(60).optional(),
  listId: Id.optional(),
});
export const BulkResult = z.object({ affected: z.number().int() }).meta({ id: 'BulkResult' });

/** What a timeline can be narrowed to, by the types each is made of. */
export const TIMELINE_KINDS = {
  sent: ['accepted', 'expired', 'uncertain', 'delivery-confirmed', 'delivery-relayed', 'delivery-delayed'],
  opened: ['opened', 'read-confirmed', 'read-declined'],
  clicked: ['clicked'],
  replied: ['replied', 'auto-replied', 'left-company'],
  bounced: ['hard-bounced', 'soft-bounced', 'blocked', 'complained'],
  bought: ['bought'],
  lists: ['subscribed', 'unsubscribed', 'imported', 'created'],
} as const;
export type TimelineKind = keyof typeof TIMELINE_KINDS;
export const ContactTimelineQuery = PageQuery.extend({
  kind: z.enum(Object.keys(TIMELINE_KINDS) as [TimelineKind, ...TimelineKind[]]).optional(),
});
export const TimelineEntry = z
  .object({
    at: Instant,
    type: z.string().meta({ description: 'accepted, opened, clicked, hard-bounced, unsubscribed, replied, …' }),
    campaignId: Id.nullable(),
    campaignName: z.string().nullable(),
    listName: z.string().nullable(),
    detail: z.string(),
    inboundMessageId: Id.nullable(),
    purchase: Purchase.pick({ orderId: true, amount: true, currency: true })
      .nullable()
      .meta({ description: 'of the type bought' }),
  })
  .meta({ id: 'TimelineEntry' });

/** Where a column of the file goes: a built-in property, `field:<key>`, `tags`, or nowhere (null). */
export const ImportTarget = z.union([
  z.enum(['email', 'name', 'locale', 'timezone', 'tags']),
  z.string().regex(/^field:[a-z][a-z0-9_]{0,39}$/),
  z.null(),
]);
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5'] as const;
export const DELIMITERS = [',', ';', '\t', '|'] as const;
/** How a file is read; what is absent is found out. */
const FORMAT = {
  hasHeader: z.boolean().optional(),
  delimiter: z.enum(DELIMITERS).optional(),
  encoding: z.enum(ENCODINGS).optional(),
  sheet: z.string().max(200).optional().meta({ description: 'of a workbook, by name; the first when absent' }),
};
const MAPPING = {
  mapping: z
    .array(ImportTarget)
    .min(1)
    .max(500)
    .optional()
    .meta({ description: 'by column; found from the header when absent' }),
};
const RULES = {
  existing: z.enum(['update', 'skip', 'fill']).default('update'),
  eraseEmpty: z
    .boolean()
    .default(false)
    .meta({ description: 'with `update`: an empty cell of a mapped column empties the property' }),
  status: z.enum(['subscribed', 'pending']).default('subscribed'),
  tags: z.array(line(60)).max(20).default([]),
  risky: z
    .enum(['take', 'skip', 'tag'])
    .default('take')
    .meta({ description: 'addresses judged risky or invalid: take them, leave them out, or tag them `risky`' }),
  consent: Consent,
};
export const ImportOptions = z.object({ ...MAPPING, ...FORMAT, ...RULES });
export type ImportOptions = z.infer<typeof ImportOptions>;
/** What a draft is read as; in the query of its preview. */
export const ImportFormatQuery = z.object({
  ...FORMAT,
  hasHeader: z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .optional(),
});
export type ImportFormatQuery = z.infer<typeof ImportFormatQuery>;
export const ImportCheckBody = z.object({
  ...MAPPING,
  ...FORMAT,
  listId: Id.nullish().meta({ description: 'the list they would join, when it exists already' }),
});
export type ImportCheckBody = z.infer<typeof ImportCheckBody>;
export const ImportStartBody = z.object({ listId: Id, ...RULES });
export type ImportStartBody = z.infer<typeof ImportStartBody>;
const ImportSample = z.object({
  email: z.string(),
  name: z.string(),
  changes: z
    .array(z.object({ property: z.string(), before: z.string(), after: z.string() }))
    .meta({ description: 'what overwriting would change; empty cells change nothing' }),
});
/** What an import would do, of everyone whose row can be taken. Samples are the first ten of each group. */
export const ImportCheck = z.object({
  fresh: z.number().int().meta({ description: 'no contact has the address yet' }),
  changed: z.number().int().meta({ description: 'contacts whom overwriting would change' }),
  filled: z.number().int().meta({ description: 'contacts of whom something empty would be filled' }),
  existing: z.number().int().meta({ description: 'in the database already' }),
  onList: z.number().int().meta({ description: 'on the list already; 0 without a list' }),
  left: z.number().int().meta({ description: 'unsubscribed from the list: stays so' }),
  suppressed: z.number().int().meta({ description: 'would be stored, but may not be mailed' }),
  samples: z.object({
    fresh: z.array(ImportSample),
    existing: z.array(ImportSample),
    left: z.array(ImportSample),
    suppressed: z.array(ImportSample),
    duplicates: z.array(z.object({ line: z.number().int(), cells: z.array(z.string()) })),
    invalid: z.array(z.object({ line: z.number().int(), code: z.string(), cells: z.array(z.string()) })),
    risky: z.array(z.object({ line: z.number().int(), code: z.string(), cells: z.array(z.string()) })),
  }),
});
export type ImportCheck = z.infer<typeof ImportCheck>;
/** What an undo did, and what it had to leave because somebody has changed it since. */
export const ImportUndo = z.object({
  removed: z.number().int().meta({ description: 'contacts the import had created' }),
  restored: z.number().int().meta({ description: 'contacts put back as they were' }),
  unlisted: z.number().int().meta({ description: 'contacts taken off the list, those removed included' }),
  keptCreated: z
    .number()
    .int()
    .meta({ description: 'created, but edited since, on another list, or unsubscribed: they stay' }),
  keptChanged: z.number().int().meta({ description: 'updated, but edited since: they stay as they are' }),
});
export type ImportUndo = z.infer<typeof ImportUndo>;
export const ImportPreview = z
  .object({
    encoding: z.enum(ENCODINGS).nullable().meta({ description: 'null for a workbook' }),
    delimiter: z.enum(DELIMITERS).nullable(),
    sheet: z.string().nullable().meta({ description: 'of a workbook, the one shown' }),
    sheets: z.array(z.string()).meta({ description: 'the visible sheets of a workbook' }),
    hasHeader: z.boolean(),
    remembered: z.boolean().meta({ description: 'the targets are those of the last import with this header' }),
    columns: z.array(
      z.object({
        header: z.string(),
        samples: z.array(z.string()).meta({ description: 'different ones' }),
        type: z.enum(FIELD_TYPES).meta({ description: 'of a field made for it, by the first cells' }),
        target: ImportTarget.meta({ description: 'our guess, from zh and en synonyms' }),
      }),
    ),
    rows: z.array(z.array(z.string())).meta({ description: 'the first ten rows' }),
  })
  .meta({ id: 'ImportPreview' });
export const ImportJob = z
  .object({
    id: Id,
    listId: Id.nullable().meta({ description: 'null until a draft is started' }),
    listName: z.string().nullable(),
    fileName: z.string(),
    status: z.enum(IMPORT_STATUSES),
    phase: z.enum(['reading', 'merging', 'finished']),
    bytes: z.number().int(),
    bytesRead: z.number().int(),
    rows: z.number().int(),
    created: z.number().int(),
    updated: z.number().int(),
    unchanged: z.number().int(),
    duplicates: z.number().int(),
    invalid: z.number().int(),
    suppressed: z.number().int().meta({ description: 'stored, but their address may not be mailed' }),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
    refusals: z
      .array(z.object({ code: z.string(), count: z.number().int() }))
      .optional()
      .meta({ description: 'rows that could not be taken, by reason; of a single import that has ended' }),
    check: ImportCheck.nullable().meta({ description: 'of a single import that was checked' }),
    undo: ImportUndo.nullable(),
    risky: z.enum(['take', 'skip', 'tag']),
    quality: z
      .array(z.object({ reason: z.enum(ADDRESS_REASONS), verdict: z.enum(ADDRESS_VERDICTS), count: z.number().int() }))
      .meta({ description: 'rows whose address is risky or invalid, each under its gravest reason' }),
    held: z
      .object({ at: Instant, mailed: z.number().int(), bounced: z.number().int() })
      .nullable()
      .meta({ description: 'its members are held back: of the first that were mailed too many bounced' }),
    releasedAt: Instant.nullable(),
    createdAt: Instant,
    finishedAt: Instant.nullable(),
  })
  .meta({ id: 'Import' });

export const SuppressionBody = z.object({
  address: z.string().max(400).meta({ description: 'an address, or @domain for all of a domain' }),
  reason: z.enum(SUPPRESSION_REASONS).exclude(['backed_off', 'quarantined']).default('manual'),
  note: z.string().trim().max(500).default(''),
  expiresAt: Instant.nullish().meta({ description: 'when it ends by itself; absent: never' }),
});
export const SuppressionLift = z.object({ note: z.string().trim().min(1).max(500) });
export const Suppression = z
  .object({
    id: Id,
    address: z.string(),
    reason: z.enum(SUPPRESSION_REASONS),
    note: z.string(),
    campaignId: Id.nullable(),
    campaignName: z.string().nullable(),
    inboundMessageId: Id.nullable(),
    detail: z.string().meta({ description: 'the server’s words, when a bounce or complaint caused it' }),
    expiresAt: Instant.nullable(),
    createdAt: Instant,
  })
  .meta({ id: 'Suppression' });
export const SuppressionImport = z
  .object({
    lines: z.int().meta({ description: 'lines that were not empty' }),
    added: z.int(),
    known: z.int().meta({ description: 'on the list already, or twice in the file' }),
    invalid: z.int(),
    errors: z
      .array(z.object({ line: z.int(), value: z.string(), code: z.string(), message: z.string() }))
      .meta({ description: 'the first hundred' }),
  })
  .meta({ id: 'SuppressionImport' });
export const SuppressionQuery = PageQuery.extend({ reason: z.enum(SUPPRESSION_REASONS).optional() });
export const SuppressionExportQuery = SuppressionQuery.pick({ q: true, reason: true });
export const SuppressionImportOptions = z.object({ note: z.string().trim().max(500).default('') });
