import type { Diagnosis, Security, VerifyStep } from '#contracts';
import type { Egress } from '#platform/egress';

/** Time-outs in milliseconds. */
export interface Pop3Timeouts {
  /** Name look-up, TCP connection and TLS handshake, each. */
  connect: number;
  greeting: number;
  /** The answer to a command, and each silence within a long answer. */
  command: number;
  /** A whole long answer (list, mail), so that one sent drop by drop ends too. */
  transfer: number;
}

export const POP3_TIMEOUTS: Pop3Timeouts = {
  connect: 30_000,
  greeting: 30_000,
  command: 60_000,
  transfer: 300_000,
};

/** Time-outs of a test that a person waits for. */
export const POP3_VERIFY_TIMEOUTS: Pop3Timeouts = {
  connect: 10_000,
  greeting: 10_000,
  command: 15_000,
  transfer: 30_000,
};

/** A mailbox to be read, and how to reach it. */
export interface Pop3Target {
  host: string;
  port: number;
  security: Security;
  auth: { method: 'password' | 'xoauth2'; user: string; secret?: string };
  egress: Egress;
  timeouts: Pop3Timeouts;
}

/** The first step that failed, and its cause in the contract's words. */
export interface Pop3Failure {
  step: VerifyStep['name'];
  diagnosis: Diagnosis;
  detail: string;
}
