/** RFC 3464 reports: a message/delivery-status part that names at least one recipient. */
import { classifyDiagnostic } from '../diagnostic.js';
import { parseDeliveryStatus } from '../delivery-status.js';
import type { DsnRecipient } from '../delivery-status.js';
import type { Finding, Reading } from '../reading.js';
import type { InboundRecipient } from '#contracts';

/** Verdict of a delivery report: a bounce as soon as one recipient failed for good. */
export function detectDeliveryReport(reading: Reading): Finding | null {
  const reports = reading.mail.deliveryStatus.map(parseDeliveryStatus);
  const groups = dedupe(reports.flatMap((report) => report.recipients));
  if (groups.length === 0) return null;
  if (reports.some((report) => report.truncated)) reading.mail.problems.push('too-many-recipients');
  const recipients = groups.map((group) => recipientOfGroup(group, reading, groups.length === 1));
  return { ...kindOf(recipients), recipients };
}

function kindOf(recipients: InboundRecipient[]): Pick<Finding, 'kind' | 'rule'> {
  const actions = new Set(recipients.map((recipient) => recipient.action));
  if (actions.has('failed')) return { kind: 'bounce', rule: 'dsn.failed' };
  if (actions.has('unknown')) return unknownAction(recipients);
  if (actions.has('delayed')) return { kind: 'delay', rule: 'dsn.delayed' };
  return { kind: 'other', rule: `dsn.${[...actions][0]}` };
}

/** Reports without an Action: the class of the status says it (RFC 3463 section 3.1). */
function unknownAction(recipients: InboundRecipient[]): Pick<Finding, 'kind' | 'rule'> {
  const classes = new Set(recipients.map((recipient) => recipient.status?.[0] ?? '5'));
  if (classes.has('5') || classes.has('4')) return { kind: 'bounce', rule: 'dsn.no-action' };
  return { kind: 'other', rule: 'dsn.no-action-success' };
}

/** One recipient may be reported twice (once a hop): the last group with the same address and action wins. */
function dedupe(groups: DsnRecipient[]): DsnRecipient[] {
  const byAddress = new Map<string, DsnRecipient>();
  for (const group of groups) {
    const key = group.address.toLowerCase();
    const known = byAddress.get(key);
    if (!known || (known.action !== 'failed' && group.action === 'failed')) byAddress.set(key, group);
  }
  return [...byAddress.values()];
}

/** One per-recipient group with its reason. */
export function recipientOfGroup(group: DsnRecipient, reading: Reading, only: boolean): InboundRecipient {
  const judged = classifyDiagnostic({
    diagnostic: group.diagnostic,
    status: group.status,
    remoteMta: group.remoteMta,
    address: group.finalAddress ?? group.address,
    context: reading.split.head,
    only,
  });
  // A message that arrived has no reason; status and words stay for the log.
  const arrived = group.action === 'delivered' || group.action === 'relayed' || group.action === 'expanded';
  const reason = arrived ? ({ reason: 'undefined', group: 'unknown', rule: 'none' } as const) : {};
  return { address: group.address, action: group.action, ...judged, ...reason };
}
