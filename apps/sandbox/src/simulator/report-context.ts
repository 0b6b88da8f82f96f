import { createHash } from 'node:crypto';
import type { LogHeader } from '../log-record.js';
import type { Plan } from './addresses.js';
import type { Reaction } from './behaviours.js';
import type { SimulatedEnvelope } from '../options.js';

/** All a builder needs to write the mail a simulated recipient, or its provider, sends back. */
export interface ReportContext {
  record: LogHeader;
  /** The message as it was taken. */
  raw: Buffer;
  recipient: string;
  plan: Plan;
  /** When the mail is written, milliseconds since the epoch. */
  at: number;
  /** Same for every attempt at this reaction, so that a second copy can be told. */
  key: string;
}

/** A mail ready to be sent, or undefined where there is nobody to send it to. */
export type SimulatedMail = { envelope: SimulatedEnvelope; raw: Buffer } | undefined;

/** Stable key of one reaction to one copy of a message. */
export function reactionKey(record: LogHeader, recipient: string, reaction: Reaction): string {
  const parts = [record.id, record.receivedAt, recipient.toLowerCase(), reaction];
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 24);
}

/** Domain of an address, lower case. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

/** Hours east of UTC in which a provider tells the time. */
export function zoneOf(plan: Plan): number {
  return plan.provider.language === 'zh' ? 8 : 0;
}
