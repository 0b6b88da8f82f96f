import type { Security, SmtpAuthMethod } from '#contracts';
import type { Egress } from '#platform/egress';

/** Time-outs in milliseconds, each for one wait. */
export interface SmtpTimeouts {
  /** Name look-up, TCP connection and TLS handshake, each. */
  connect: number;
  greeting: number;
  /** Reply to EHLO, AUTH, MAIL, RCPT, RSET, QUIT. */
  command: number;
  /** 354 after DATA. */
  dataStart: number;
  /** No byte of the body leaves. */
  bodyStall: number;
  /** Reply to the final dot. */
  dataEnd: number;
}

/** RFC 5321 section 4.5.3.2; connecting is the product's own choice. */
export const SMTP_TIMEOUTS: SmtpTimeouts = {
  connect: 30_000,
  greeting: 300_000,
  command: 300_000,
  dataStart: 120_000,
  bodyStall: 180_000,
  dataEnd: 600_000,
};

/** A server that takes our mail, and how to reach it. */
export interface SmtpTarget {
  host: string;
  port: number;
  security: Security;
  auth: { method: SmtpAuthMethod; user: string; secret?: string };
  /** What we call ourselves in EHLO. */
  name: string;
  /** Which addresses may be connected to. */
  egress: Egress;
  timeouts: SmtpTimeouts;
}

/** Envelope of one message to one recipient; the addresses have passed engine/address. */
export interface Envelope {
  /** Return path; empty is the null sender. */
  from: string;
  to: string;
  /** The message has UTF-8 headers or the recipient's local part is not ASCII (RFC 6531). */
  smtpUtf8?: boolean;
  /** Asks for notifications of delivery, failure and delay (RFC 3461) where the server offers DSN. */
  notify?: {
    /** ENVID, 1–100 printable ASCII characters without space: comes back as Original-Envelope-Id. */
    id: string;
  };
}
