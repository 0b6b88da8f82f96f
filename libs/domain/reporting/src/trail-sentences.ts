import type { TrailStepCode, TrailVerdict } from '#contracts';

type Values = Record<string, string | number>;

/** The verdicts in English; the UI words them by their codes in its own language. `{name}` is a parameter. */
const VERDICTS: Record<TrailVerdict, string> = {
  unknown_address: 'Nobody has this address: it is no contact’s, and it was none in this campaign.',
  would_get: 'The campaign has not started. As things are, this contact will get it.',
  would_be_excluded: 'The campaign has not started. As things are, this contact will be left out ({reason}).',
  would_not_be_candidate: 'The campaign has not started, and the contact is on none of its lists.',
  preparing: 'The recipients are still being prepared; this contact’s turn has not come.',
  not_candidate: 'Did not get it: was on none of the campaign’s lists when it started.',
  excluded: 'Did not get it: was left out before anything was sent ({reason}).',
  skipped: 'Did not get it: was to be sent to, but was skipped ({reason}).',
  waiting: 'Not sent yet: waits for its turn.',
  paused: 'Not sent yet: the campaign is paused.',
  deferred: 'Not there yet: the receiving server asked to try again later.',
  uncertain: 'Nobody knows: the connection ended before the receiving server answered.',
  rejected: 'Did not get it: the receiving server refused the message.',
  expired: 'Did not get it: no server took it before the deadline.',
  bounced: 'Did not get it: the message was taken and came back as a bounce ({reason}).',
  complained: 'Got it, and reported it as spam.',
  read: 'Got it, and reacted to it.',
  accepted: 'The receiving server took it, and nothing has come back. It may lie in the spam folder.',
};

const STEPS: Record<TrailStepCode, string> = {
  address_unknown: 'No contact of this workspace has this address.',
  contact_erased: 'The contact has been erased since.',
  address_changed: 'The contact had the address {address} then.',
  contact_created_later: 'The contact was added after the campaign had started.',
  not_started: 'The campaign has not started.',
  started: 'The campaign started; its audience was fixed.',
  list_subscribed: 'Subscribed to the list “{list}”.',
  list_pending: 'Had not confirmed the subscription to the list “{list}”.',
  list_unsubscribed: 'Had left the list “{list}”.',
  list_joined_later: 'Came to the list “{list}” after the campaign had started.',
  on_no_list: 'Was on none of the campaign’s lists.',
  not_named: 'Was on none of the campaign’s lists and in none of its segments.',
  on_excluded_list: 'Is on the list “{list}”, which the campaign leaves out.',
  would_be_excluded: 'Will be left out: {reason}.',
  would_be_prepared: 'Will be a recipient.',
  preparing: 'The preparation has not come to this contact yet.',
  excluded: 'Was left out: {reason}.',
  prepared: 'Became recipient {seq} (batch {batch}, provider {provider}).',
  attempt_accepted: 'The receiving server took the message.',
  attempt_deferred: 'The receiving server asked to try again later.',
  attempt_rejected: 'The receiving server refused the message for good.',
  attempt_unreachable: 'No message could be handed over.',
  attempt_uncertain: 'The connection ended after the message and before the answer.',
  sender_stopped: 'A sender stopped while the message was on the wire.',
  waiting: 'Waits for its turn.',
  waiting_paused: 'Waits: the campaign is paused.',
  retry: 'Will be tried again.',
  settled_accepted: 'Was uncertain, and was settled as accepted.',
  skipped: 'Was skipped: {reason}.',
  expired: 'The deadline passed, and nobody had taken the message.',
  hard_bounced: 'Came back for good: {reason}.',
  soft_bounced: 'Came back for the time being: {reason}.',
  complained: 'Was reported as spam.',
  opened: 'A person opened it ({count} in all).',
  machine_opened: 'A machine opened it ({count} in all).',
  clicked: 'A person clicked {url} ({count} clicks in all).',
  machine_clicked: 'A machine followed a link ({count} in all).',
  replied: 'A person replied.',
  auto_replied: 'An automatic reply came.',
  left_company: 'An automatic reply says that the person has left the company.',
  delivery_confirmed: 'The last server says that it put the message into the mailbox.',
  delivery_relayed: 'A server passed the message on to where no notifications come from.',
  delivery_delayed: 'A server on the way said that it is still trying.',
  read_confirmed: 'A read receipt came.',
  read_declined: 'A receipt came: it was deleted without being read.',
  unsubscribed: 'Unsubscribed by this campaign.',
  left_list_later: 'Left the list “{list}” afterwards.',
  suppressed_now: 'The address may not be mailed now: {reason}.',
};

export function verdictSentence(verdict: TrailVerdict, values: Values): string {
  return fill(VERDICTS[verdict], values);
}

export function stepSentence(code: TrailStepCode, values: Values): string {
  return fill(STEPS[code], values);
}

function fill(template: string, values: Values): string {
  return template.replace(/\{(\w{1,20})\}/g, (_, name: string) => String(values[name] ?? '?').replaceAll('_', ' '));
}
