import type { Diagnosis, Security, VerifyStep } from '#contracts';
import type { Egress } from '#platform/egress';

/** Time-outs in milliseconds, each for one wait. */
export interface ImapTimeouts {
  /** Name look-up, TCP connection and TLS handshake. */
  connect: number;
  greeting: number;
  /** Any one command; a connection that lets it pass is dead. */
  command: number;
  /**
   * How long IDLE stands before it is renewed, a random time between these. RFC 2177 asks for less than 29 minutes; it
   * is done far more often, because its round trip is also what finds a dead connection (see `probe`), and because the
   * other folders are looked at in between.
   */
  idle: { min: number; max: number };
  /** The round trip after each wait; with `idle.max`, the longest that a half-open connection goes unnoticed. */
  probe: number;
  /** How often a server without IDLE is asked. */
  poll: number;
}

export const IMAP_TIMEOUTS: ImapTimeouts = {
  connect: 30_000,
  greeting: 30_000,
  command: 60_000,
  idle: { min: 25_000, max: 40_000 },
  probe: 15_000,
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
