import PostalMime from 'postal-mime';
import type { Email } from 'postal-mime';
import type { MessageLog } from '../message-log.js';
import type { DeliveryResult, ResolvedOptions, SimulatedEnvelope } from '../options.js';
import { planFor } from './addresses.js';
import type { Reaction } from './behaviours.js';
import { isMail } from './behaviours.js';
import { bounceMail } from './bounce-forms.js';
import type { Visitor, VisitResult } from './browsing.js';
import { clickLink, openMail, proxyOpen, scanMail, unsubscribeOneClick } from './browsing.js';
import { complaintMail } from './feedback-report.js';
import type { Task, TaskResult } from './reactor.js';
import { humanReplyMail, outOfOfficeMail, unsubscribeMail } from './replies.js';
import type { ReportContext, SimulatedMail } from './report-context.js';
import { reactionKey } from './report-context.js';
import { sendOverSmtp } from './smtp-client.js';

type Deliver = (envelope: SimulatedEnvelope, raw: Buffer, signal: AbortSignal) => Promise<DeliveryResult>;

const ANSWERS: readonly Reaction[] = ['out-of-office', 'reply', 'unsubscribe-mail'];

const MAILS: Partial<Record<Reaction, (context: ReportContext, mail: Email) => SimulatedMail>> = {
  'bounce-unknown': (context) => bounceMail(context, 'unknown'),
  'bounce-full': (context) => bounceMail(context, 'full'),
  'bounce-expired': (context) => bounceMail(context, 'expired'),
  complaint: complaintMail,
  'out-of-office': outOfOfficeMail,
  reply: humanReplyMail,
  'unsubscribe-mail': unsubscribeMail,
};

const VISITS: Partial<Record<Reaction, (mail: Email, visitor: Visitor) => Promise<VisitResult>>> = {
  open: openMail,
  click: clickLink,
  scan: scanMail,
  'proxy-open': proxyOpen,
  unsubscribe: unsubscribeOneClick,
};

/** Carries out tasks: writes and sends the mail, or makes the web requests. A message dropped meanwhile is `nothing`. */
export function performer(
  options: ResolvedOptions,
  log: MessageLog,
): (task: Task, at: number, signal: AbortSignal) => Promise<TaskResult> {
  const { inbound } = options;
  const deliver: Deliver | undefined =
    options.deliver ?? (inbound && ((envelope, raw, signal) => sendOverSmtp(inbound, envelope, raw, signal)));
  return async ({ messageId, recipient, reaction }, at, signal) => {
    const [record, raw] = await Promise.all([log.find(messageId), log.raw(messageId)]);
    const plan = planFor(recipient, options.seed);
    if (!record || !raw || !plan) return 'nothing';
    const mail = await PostalMime.parse(raw);
    if (ANSWERS.includes(reaction) && isAutomatic(mail)) return 'nothing';
    if (isMail(reaction)) {
      const context = { record, raw, recipient, plan, at, key: reactionKey(record, recipient, reaction) };
      return send(MAILS[reaction]?.(context, mail), deliver, signal);
    }
    const { variant, provider } = plan;
    const visitor = { variant, provider: provider.key, origins: options.trackingOrigins, signal };
    return (await VISITS[reaction]?.(mail, visitor)) ?? 'nothing';
  };
}

/** Nobody answers automatic mail, so that two machines never write to each other for ever (RFC 3834 section 2). */
function isAutomatic(mail: Email): boolean {
  const value = mail.headers.find(({ key }) => key === 'auto-submitted')?.value ?? 'no';
  return value.trim().toLowerCase() !== 'no';
}

async function send(mail: SimulatedMail, deliver: Deliver | undefined, signal: AbortSignal): Promise<TaskResult> {
  if (!mail || !deliver) return 'nothing';
  const { outcome } = await deliver(mail.envelope, mail.raw, signal);
  return outcome === 'accepted' ? 'done' : outcome;
}
