import { z } from 'zod';
import { CAMPAIGN_STATUSES, EXCLUSION_REASONS, HOLD_UP_CODES, UNCERTAIN_POLICIES } from '../statuses.js';
import { Id, Instant, PageQuery, TimeZone, Version, line, patchOf } from './conventions.js';
import { Attachment, ContentBody } from './templates.js';
import { Utm } from './utm.js';

export const Audience = z.object({
  lists: z.array(Id).max(100).default([]),
  excludeLists: z.array(Id).max(100).default([]),
  segments: z.array(Id).max(20).default([]).meta({
    description:
      'who belongs to one of them is meant too, where subscribed to some list; the rules are fixed at the start',
  }),
  excludeSegments: z.array(Id).max(20).default([]),
});
export const From = z.object({ name: line(100, 0), address: z.string().trim().max(320) });

/** A campaign holds its own copy of the content: `templateId` copies a template once, at the write, and is kept. */
export const CampaignBody = z.object({
  name: line(200),
  from: From.default({ name: '', address: '' }),
  replyTo: z.string().trim().max(320).nullable().default(null),
  content: ContentBody.default({ subject: '', preheader: null, html: null, mjml: null, text: null, document: null }),
  templateId: Id.nullable().optional().meta({
    description:
      'which template it begins with; null: none. Of a PATCH, `content` beside it stands in place of the copy',
  }),
  audience: Audience.default({ lists: [], excludeLists: [], segments: [], excludeSegments: [] }),
  smtpAccounts: z
    .array(Id)
    .max(20)
    .default([])
    .meta({ description: 'empty: every enabled account that allows the From domain' }),
  attachments: z.array(Id).max(10).default([]),
  trackOpens: z.boolean().default(true),
  trackClicks: z.boolean().default(true),
  utm: Utm.optional().meta({ description: 'absent: as the workspace has it for new campaigns' }),
  readReceipts: z.boolean().default(false).meta({
    description: 'asks the recipients’ mail programs for a read receipt; most ask the person, many never answer',
  }),
  deliveryNotifications: z
    .boolean()
    .default(false)
    .meta({ description: 'asks for delivery notifications, where the SMTP server offers DSN' }),
  uncertain: z.enum(UNCERTAIN_POLICIES).default('hold'),
  deadlineHours: z.number().int().min(1).max(168).default(48),
  hourlyLimit: z.number().int().min(60).max(1_000_000).nullable().default(null).meta({
    description: 'no more recipients than this are begun with in an hour; null: as fast as the accounts allow',
  }),
});
export const UpdateCampaignBody = patchOf(CampaignBody);

/** Why the system stopped a campaign, or could not start it. */
export const StopReason = z
  .object({
    code: z.string(),
    message: z.string().meta({ description: 'in English' }),
    params: z
      .record(z.string(), z.union([z.string(), z.number()]))
      .optional()
      .meta({ description: '`words`: what the mail server said' }),
  })
  .meta({ id: 'StopReason' });
export type StopReason = z.infer<typeof StopReason>;
const StopReasons = z
  .array(StopReason)
  .meta({ description: 'why it is `paused` or `failed`, where no person did that; else empty' });

const counts = {
  candidates: z.number().int(),
  excluded: z.number().int(),
  prepared: z.number().int(),
  pending: z.number().int(),
  deferred: z.number().int().meta({ description: 'those pending that wait for a retry' }),
  accepted: z.number().int(),
  rejected: z.number().int(),
  expired: z.number().int(),
  uncertain: z.number().int(),
  skipped: z.number().int(),
  bounced: z.number().int(),
  bouncedHard: z.number().int(),
  bouncedSoft: z.number().int(),
  delivered: z.number().int(),
  opened: z.number().int().meta({ description: 'unique, human' }),
  clicked: z.number().int().meta({ description: 'unique, human' }),
  replied: z.number().int(),
  unsubscribed: z.number().int(),
  complained: z.number().int(),
};
/** api.md, "Report counts": one definition for ledger, API, UI and glossary. */
export const CampaignCounts = z.object(counts).meta({ id: 'CampaignCounts' });
export type CampaignCounts = z.infer<typeof CampaignCounts>;

export const Campaign = z
  .object({
    id: Id,
    version: Version,
    name: z.string(),
    status: z.enum(CAMPAIGN_STATUSES),
    stopReasons: StopReasons,
    from: From,
    replyTo: z.string().nullable(),
    content: ContentBody,
    templateId: Id.nullable().meta({ description: 'the template it began with, while that is there' }),
    audience: Audience,
    smtpAccounts: z.array(Id),
    attachments: z.array(Attachment),
    trackOpens: z.boolean(),
    trackClicks: z.boolean(),
    utm: Utm,
    readReceipts: z.boolean(),
    deliveryNotifications: z.boolean(),
    uncertain: z.enum(UNCERTAIN_POLICIES),
    deadlineHours: z.number().int(),
    hourlyLimit: z.number().int().nullable(),
    scheduledAt: Instant.nullable(),
    timezone: z.string().nullable(),
    recipientTime: z.string().nullable().meta({
      description: 'the time on each recipient’s own clock, such as 2027-02-28T10:00:00; null: one time for all',
    }),
    startedAt: Instant.nullable(),
    preparedAt: Instant.nullable(),
    finishedAt: Instant.nullable(),
    testedAt: Instant.nullable(),
    archivedAt: Instant.nullable(),
    createdAt: Instant,
    updatedAt: Instant,
  })
  .meta({ id: 'Campaign' });
export const CampaignSummary = z
  .object({
    id: Id,
    name: z.string(),
    subject: z.string(),
    status: z.enum(CAMPAIGN_STATUSES),
    stopReasons: StopReasons,
    audience: z
      .array(z.object({ kind: z.enum(['list', 'segment']), id: Id, name: z.string().nullable() }))
      .meta({ description: 'whom it is for, as those lists and segments are called now; null: deleted since' }),
    scheduledAt: Instant.nullable(),
    startedAt: Instant.nullable(),
    finishedAt: Instant.nullable(),
    updatedAt: Instant,
    counts: CampaignCounts,
  })
  .meta({ id: 'CampaignSummary' });
export const CampaignQuery = PageQuery.extend({
  status: z.enum(CAMPAIGN_STATUSES).optional(),
  from: Instant.optional().meta({ description: 'those that began, or are scheduled to begin, at or after this' }),
  to: Instant.optional().meta({ description: '… and before this' }),
});

export const TestSendBody = z.object({
  to: z.array(z.string().max(320)).min(1).max(10),
  contactId: Id.optional(),
  variant: z
    .number()
    .int()
    .min(0)
    .max(3)
    .default(0)
    .meta({ description: 'of an A/B test; 0 is A, the campaign itself' }),
});
export const TestSendResult = z
  .object({
    results: z.array(
      z.object({
        to: z.string(),
        ok: z.boolean(),
        code: z.number().int().nullable(),
        text: z.string(),
        heldUp: z.enum(HOLD_UP_CODES).nullable().meta({ description: 'why it was not tried at all' }),
      }),
    ),
  })
  .meta({ id: 'TestSendResult' });
/**
 * `at` is wall-clock time in `timezone` (no offset), or an instant with an offset. An hour that a change of clocks
 * skips is refused; of one that comes twice the first is meant.
 */
export const ScheduleBody = z.object({
  at: z.iso.datetime({
    local: true,
    offset: true,
    error: 'must be a date and time that exist, such as 2027-02-28T10:00 (in timezone) or 2027-02-28T10:00:00+08:00',
  }),
  timezone: TimeZone,
  inRecipientZone: z.boolean().default(false).meta({
    description:
      '`at`, without an offset, is the time on each recipient’s own clock; `timezone` is that of contacts without one',
  }),
});

/** With `undoSeconds` the campaign is scheduled for that long after the request, by the clock of the server. */
export const StartBody = z
  .object({
    undoSeconds: z.number().int().min(0).max(60).default(0).meta({
      description: 'how long the start can be taken back by unschedule; 0 starts at once',
    }),
  })
  .prefault({});

/** Before the start: live counts over the rules. After it: what was frozen. `candidates = prepared + excluded`. */
export const AudienceReport = z
  .object({
    frozen: z.boolean(),
    prepared: z.number().int().meta({ description: 'who gets it' }),
    candidates: z.number().int(),
    excluded: z.number().int(),
    exclusions: z.array(z.object({ reason: z.enum(EXCLUSION_REASONS), count: z.number().int() })),
    preparing: z.boolean(),
  })
  .meta({ id: 'AudienceReport' });

/** To whom of a campaign's recipients the next one goes. `not_opened` and `clicked` mean people, not machines. */
export const FOLLOW_UPS = ['not_opened', 'clicked'] as const;
export type FollowUp = (typeof FOLLOW_UPS)[number];
export const FollowUpBody = z.object({ to: z.enum(FOLLOW_UPS) });

/** Rules that are not saved yet, for a live count while somebody chooses lists. */
export const CountAudienceBody = z.object({ audience: Audience });

/** One thing that stands between a draft and its start. */
export const Checklist = z
  .object({
    ready: z.boolean(),
    items: z.array(
      z.object({
        code: z.string(),
        severity: z.enum(['error', 'warning']),
        property: z.string(),
        message: z.string(),
        params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
      }),
    ),
    preflight: z
      .object({
        status: z.enum(['stale', 'running', 'done']).meta({
          description: '`stale`: not asked for since the links, variables or audience changed, or an hour ago',
        }),
        done: z.number().int(),
        total: z.number().int().meta({ description: 'links' }),
        unknownLinks: z
          .number()
          .int()
          .meta({ description: 'links that told nothing: no network, or closed to programs' }),
        linksAsked: z.boolean().meta({ description: 'false where the operator has links not asked for' }),
        finishedAt: Instant.nullable(),
      })
      .meta({ description: 'the slow checks: links, and who lacks data' }),
  })
  .meta({ id: 'Checklist' });

/** Who would get a mail with a hole where a variable stands. */
export const MissingDataQuery = PageQuery.omit({ q: true, count: true }).extend({
  variable: z
    .string()
    .max(200)
    .regex(/^(name|fields\..+)$/, 'must be name or fields.…'),
});
export const MissingContact = z.object({ id: Id, email: z.string(), name: z.string() }).meta({ id: 'MissingContact' });
