import { z } from 'zod';
import { INBOUND_KINDS } from '../inbound-verdict.js';
import { Id, Instant, Version, line, patchOf, secret } from './conventions.js';

const host = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(253)
  .regex(/^[A-Za-z0-9._:-]+$/, 'must be a host name or an IP address without a scheme');
const port = z.number().int().min(1).max(65_535);
export const SECURITY = ['tls', 'starttls', 'none'] as const;
export type Security = (typeof SECURITY)[number];
export const SMTP_AUTH_METHODS = ['none', 'plain', 'login', 'cram-md5', 'xoauth2'] as const;
export type SmtpAuthMethod = (typeof SMTP_AUTH_METHODS)[number];

export const SmtpAuth = z.object({
  method: z.enum(SMTP_AUTH_METHODS),
  user: secret(320).default(''),
  password: secret(4000).optional().meta({ description: 'password or OAuth2 access token; write-only' }),
});
export const RateLimits = z.object({
  perSecond: z.number().positive().max(10_000).optional(),
  perMinute: z.number().int().positive().max(600_000).optional(),
  perHour: z.number().int().positive().max(36_000_000).optional(),
  perDay: z.number().int().positive().max(500_000_000).optional(),
});
export type RateLimits = z.infer<typeof RateLimits>;

/**
 * How a new account is made known: at most so many messages in any 24 hours of its first, second, … day; after the last
 * day only its limits hold.
 */
export const WarmupPlan = z.object({
  preset: z.enum(['gentle', 'usual', 'brisk', 'own']),
  startAt: Instant,
  volumes: z
    .array(z.number().int().min(1).max(10_000_000))
    .max(90)
    .default([])
    .meta({ description: 'messages a day, day by day; with the preset `own`' }),
});
export type WarmupPlan = z.infer<typeof WarmupPlan>;

/** Why a plan stopped itself: `count` of the `of` answers of the last 24 hours. */
export const WarmupStop = z.object({
  code: z.enum(['TOO_MANY_REFUSED', 'TOO_MANY_DEFERRED']),
  count: z.number().int(),
  of: z.number().int(),
});
export type WarmupStop = z.infer<typeof WarmupStop>;

export const SmtpAccountBody = z.object({
  name: line(100),
  host,
  port,
  security: z.enum(SECURITY),
  auth: SmtpAuth.default({ method: 'none', user: '' }),
  returnPath: z.enum(['verp', 'account']).default('verp'),
  returnPathDomain: z.string().max(253).nullable().default(null).meta({
    description:
      'domain whose mail reaches one of our mailboxes or the inbound listener; VERP addresses are made in it',
  }),
  returnPathAddress: z.string().max(320).nullable().default(null).meta({
    description: 'address of a mailbox that we read; VERP as user+token@, or itself where returnPath is account',
  }),
  connections: z.number().int().min(1).max(100).default(4),
  messagesPerConnection: z.number().int().min(1).max(10_000).default(100),
  limits: RateLimits.default({}),
  weight: z.number().int().min(0).max(100).default(1),
  fromDomains: z.array(z.string().trim().toLowerCase().min(1).max(253)).max(50).default([]),
  warmup: WarmupPlan.nullable().default(null).meta({
    description: 'a change that names it lets a plan that has stopped itself go on',
  }),
  enabled: z.boolean().default(true),
});
export const UpdateSmtpAccountBody = patchOf(SmtpAccountBody);
export const SmtpAccount = SmtpAccountBody.extend({
  id: Id,
  version: Version,
  kind: z.enum(['sandbox', 'smtp']),
  auth: z.object({ method: z.enum(SMTP_AUTH_METHODS), user: z.string(), passwordSet: z.boolean() }),
  warmupState: z
    .object({
      day: z.number().int().nullable().meta({ description: '1 for the first; null before and after the plan' }),
      days: z.number().int(),
      volume: z.number().int().nullable().meta({ description: 'most messages in 24 hours today' }),
      stopped: WarmupStop.extend({ at: Instant }).nullable(),
    })
    .nullable(),
  health: z.enum(['ok', 'failing', 'unknown']),
  lastError: z.string().nullable(),
  lastErrorAt: Instant.nullable(),
  createdAt: Instant,
}).meta({ id: 'SmtpAccount' });

/** Causes that *verify* tells apart; the UI words each in the user's language, with the remedy. */
export const DIAGNOSES = [
  'ok',
  'name-not-found',
  'connection-refused',
  'network-unreachable',
  'timed-out',
  'not-the-protocol',
  'tls-on-plain-port',
  'plain-on-tls-port',
  'starttls-not-offered',
  'certificate-expired',
  'certificate-self-signed',
  'certificate-wrong-name',
  'certificate-untrusted',
  'tls-failed',
  'auth-method-not-offered',
  'auth-required',
  'auth-failed',
  'from-refused',
  'relay-denied',
  'recipient-refused',
  'service-unavailable',
  'folder-not-found',
  'unsafe-login',
  'app-password-required',
  'service-disabled',
  'mailbox-in-use',
  'secret-unreadable',
  'token-refused',
  'address-not-allowed',
  'unknown',
] as const;
export type Diagnosis = (typeof DIAGNOSES)[number];

export const VerifyStep = z.object({
  name: z.enum(['resolve', 'connect', 'tls', 'greeting', 'auth', 'from', 'recipient', 'folders', 'configuration']),
  ok: z.boolean(),
  diagnosis: z.enum(DIAGNOSES),
  detail: z.string().meta({ description: 'what the server said or the system reported' }),
  help: z.string().optional(),
});
export type VerifyStep = z.infer<typeof VerifyStep>;
export const VerifyResult = z.object({ ok: z.boolean(), steps: z.array(VerifyStep) }).meta({ id: 'VerifyResult' });
export type VerifyResult = z.infer<typeof VerifyResult>;

/** OAuth 2.0 (RFC 6749): the access token is fetched with the refresh token whenever it is needed. */
const MailboxOAuth = z.object({
  tokenUrl: z
    .url({ protocol: /^https$/, error: 'must be an https address' })
    .max(500)
    .regex(/^[\x21-\x7e]+$/, 'must be an https address without spaces'),
  clientId: line(500),
  scope: z
    .string()
    .trim()
    .max(1000)
    .regex(/^[\x20-\x7e]*$/, 'must be words in ASCII, with spaces between')
    .default(''),
  clientSecret: secret(4000).optional().meta({ description: 'write-only; public clients have none' }),
  refreshToken: secret(8000).optional().meta({ description: 'write-only' }),
});
export const MailboxAuth = z.object({
  method: z.enum(['password', 'xoauth2']),
  user: secret(320, 1),
  password: secret(4000).optional().meta({
    description: 'write-only; with xoauth2 an access token that is never renewed: use `oauth` instead',
  }),
  oauth: MailboxOAuth.nullable().default(null),
});
export const MAILBOX_PROTOCOLS = ['imap', 'pop3'] as const;
export type MailboxProtocol = (typeof MAILBOX_PROTOCOLS)[number];
/** Stands for the junk folder among the folders to be read, whatever the server calls it. */
export const JUNK_FOLDER = '\\Junk';
/** What mail is told apart by in its mailbox: the kind of its verdict, or that it could not be read. */
export const HANDLED_KINDS = [...INBOUND_KINDS, 'unreadable'] as const;
export type HandledKind = (typeof HANDLED_KINDS)[number];
export const MailHandling = z.object({
  kind: z.enum(HANDLED_KINDS),
  action: z.enum(['seen', 'keyword', 'move']).meta({
    description: '`seen` marks it as read, `keyword` with `$Hongyan-<kind>`, `move` puts it into `folder`',
  }),
  folder: line(200).nullable().default(null).meta({ description: 'made where it is missing' }),
});
export type MailHandling = z.infer<typeof MailHandling>;
/** Why mail was left where and as it is, though it was to be handled. */
export const KEEP_PROBLEMS = ['move-not-offered', 'move-refused', 'mark-refused'] as const;
export type KeepProblem = (typeof KEEP_PROBLEMS)[number];
export const MailboxBody = z.object({
  name: line(100),
  protocol: z.enum(MAILBOX_PROTOCOLS),
  host,
  port,
  security: z.enum(SECURITY),
  auth: MailboxAuth,
  folders: z
    .array(line(200))
    .min(1)
    .max(20)
    .default(['INBOX', JUNK_FOLDER])
    .meta({ description: 'IMAP only; `\\\\Junk` is the junk folder under whatever name, skipped where there is none' }),
  keep: z
    .object({
      handle: z.array(MailHandling).max(HANDLED_KINDS.length).default([]).meta({
        description: 'IMAP: what is done with mail once it is judged; kinds that are not named are left as they are',
      }),
      deleteAfterDays: z.number().int().min(0).max(3_650).nullable().default(null).meta({
        description: 'POP3: days after which stored mail is deleted on the server, 0 at once; null leaves it',
      }),
    })
    .default({ handle: [], deleteAfterDays: null }),
  enabled: z.boolean().default(true),
});
export const UpdateMailboxBody = patchOf(MailboxBody);
export const Mailbox = MailboxBody.extend({
  id: Id,
  version: Version,
  auth: z.object({
    method: z.enum(['password', 'xoauth2']),
    user: z.string(),
    passwordSet: z.boolean(),
    oauth: z
      .object({
        tokenUrl: z.string(),
        clientId: z.string(),
        scope: z.string(),
        refreshTokenSet: z.boolean(),
      })
      .nullable(),
  }),
  state: z.enum(['connecting', 'idle', 'polling', 'error', 'disabled']),
  lastError: z.string().nullable(),
  keepProblem: z.enum(KEEP_PROBLEMS).nullable().meta({ description: 'why mail is left as it is; the newest cause' }),
  lastReadAt: Instant.nullable(),
  processed: z.number().int().meta({ description: 'mails stored so far' }),
  behind: z.number().int().meta({ description: 'mails on the server that are still to be read' }),
  createdAt: Instant,
}).meta({ id: 'Mailbox' });

/** What the mailboxes of a workspace have brought; `kind` is null for what is not read yet. */
export const CollectedMail = z
  .object({
    items: z.array(z.object({ mailboxId: Id, kind: z.enum(INBOUND_KINDS).nullable(), count: z.number().int() })),
  })
  .meta({ id: 'CollectedMail' });
