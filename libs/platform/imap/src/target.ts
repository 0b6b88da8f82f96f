import type { Diagnosis, Security, VerifyStep } from '#contracts';
import type { Egress } from '#platform/egress';

/** Time-outs in milliseconds, each for one wait. */
export interface ImapTimeouts {
  /** Name look-up, TCP connection and TLS handshake. */
  connect: number;
  greeting: number;
  /** Any one command; a connection that lets it pass is dead. */
  command: number;
  /** How long IDLE stands before it is renewed (RFC 2177 asks for less than 29 minutes); a random time between these. */
  idle: { min: number; max: number };
  /** How often a server without IDLE is asked. */
  poll: number;
}

export const IMAP_TIMEOUTS: ImapTimeouts = {
  connect: 30_000,
  greeting: 30_000,
  command: 60_000,
  idle: { min: 300_000, max: 540_000 },
  poll: 60_000,
};

/** A mailbox to be read, and how to reach it. */
export interface ImapTarget {
  host: string;
  port: number;
  security: Security;
  auth: { method: 'password' | 'xoauth2'; user: string; secret?: string };
  egress: Egress;
  timeouts: ImapTimeouts;
}

/** The first step that failed, and its cause in the contract's words. */
export interface ImapFailure {
  step: VerifyStep['name'];
  diagnosis: Diagnosis;
  detail: string;
}
