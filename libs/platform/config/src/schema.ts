import path from 'node:path';
import { z } from 'zod';

const port = z.coerce.number().int().min(1).max(65_535);

/**
 * Every setting of the product: described, typed, with a safe default. `.env.example` is generated from this schema.
 * A setting `X` may also come from a file named by `X_FILE` (for secrets).
 */
export const settingsSchema = z.object({
  DATA_DIR: z
    .string()
    .min(1)
    .default('.data')
    .describe('Folder of the one-machine mode: database, master key, journals, sandbox mail'),
  DATABASE_URL: z.string().min(1).describe('Postgres 15 or newer; npm start sets it to the embedded one'),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(10).describe('Connections to Postgres per process'),
  QUEUE_URL: z.string().default('').describe('redis://… for many machines; empty keeps the queue in Postgres'),
  MASTER_KEY: z
    .string()
    .default('')
    .describe('32 bytes in base64 that encrypt stored secrets and sign tokens; empty: DATA_DIR/master.key'),
  TOKEN_KEY: z.coerce
    .number()
    .int()
    .min(1)
    .max(255)
    .default(1)
    .describe('Number of the key that signs tokens in mail; one more starts a new key, and older tokens stay readable'),
  HOST: z.string().default('127.0.0.1').describe('Address the web ports listen on; 0.0.0.0 for other machines'),
  PUBLIC_URL: z.url().default('http://localhost:3000').describe('Where people reach the admin UI and the API'),
  TRACKING_URL: z
    .url()
    .default('http://localhost:3001')
    .describe('Where recipients reach opens, clicks, unsubscribe and images'),
  API_PORT: port.default(3000).describe('Port of the API and the admin UI'),
  TRACKER_PORT: port.default(3001).describe('Port of the public tracking pages'),
  SENDER_PORT: port.default(3002).describe('Port of a sender’s health and metrics'),
  INBOUND_PORT: port.default(3003).describe('Port of the inbound process’ health and metrics'),
  INBOUND_SMTP_HOST: z.string().default('127.0.0.1').describe('Address the inbound SMTP listener binds'),
  INBOUND_SMTP_PORT: port.default(2526).describe('Port of the inbound SMTP listener: bounces, complaints, replies'),
  INBOUND_DOMAIN: z
    .string()
    .default('bounces.hongyan.test')
    .describe('Domain whose mail reaches the inbound SMTP listener; VERP return paths are made in it'),
  INBOUND_RECIPIENT_HEADER: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]{0,60}$/)
    .default('Delivered-To')
    .describe(
      'Header in which the server of the mailboxes writes whom a mail was delivered to; its topmost is believed',
    ),
  INBOUND_AUTHSERV_ID: z
    .string()
    .default('')
    .describe(
      'Name the mailboxes’ server gives itself in Authentication-Results, such as mx.google.com; empty: no report is believed by its sender alone',
    ),
  SANDBOX_SMTP_PORT: port.default(2525).describe('Port of the sandbox mail server'),
  SANDBOX_HTTP_PORT: port.default(2580).describe('Port of the sandbox’ own log, loopback only'),
  SANDBOX_HOST: z
    .string()
    .default('127.0.0.1')
    .transform((host) => (host === 'off' ? '' : host))
    .describe('Host name of the sandbox mail server; off switches the sandbox off'),
  SENDER_JOURNAL_DIR: z
    .string()
    .default('')
    .describe('Folder of this sender’s journal, kept across restarts; default DATA_DIR/senders/1'),
  SENDER_JOURNALS_ABANDONED: z
    .string()
    .default('')
    .transform((folders) => folders.split(path.delimiter).filter((folder) => folder !== ''))
    .describe('Journals, separated by ":", whose senders no longer run; this one settles them. npm start sets it'),
  SENDER_BATCHES: z.coerce.number().int().min(1).max(64).default(4).describe('Batches a sender works on at once'),
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .describe('Comma-separated addresses or networks whose X-Forwarded-For counts'),
  EGRESS_ALLOW: z
    .string()
    .default('')
    .describe('Comma-separated hosts or networks that SMTP and IMAP accounts may use although they are private'),
  MX_LOOKUPS: z
    .enum(['on', 'off'])
    .default('on')
    .transform((value) => value === 'on')
    .describe(
      'Whether the DNS is asked who runs the mailboxes of companies’ domains, so that each provider has its pace',
    ),
  LINK_CHECKS: z
    .enum(['on', 'off'])
    .default('on')
    .transform((value) => value === 'on')
    .describe('Whether the links of a draft are asked for before it is sent; off without a way to the internet'),
  DNS_SERVERS: z
    .string()
    .default('')
    .describe('Comma-separated name servers, address:port, asked about sending domains; empty asks the system’s'),
  LOG_LEVEL: z
    .enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'])
    .default('info')
    .describe('Least important log line that is written'),
});

export type SettingsValues = z.infer<typeof settingsSchema>;
export type SettingName = keyof SettingsValues;
