/** Providers outside China whose words or numbers mean something that the generic rules would misread. */
import { rule } from '../rule.js';
import type { BounceRule } from '../rule.js';

export const PROVIDER_RULES: BounceRule[] = [
  // Google
  rule(
    'google.rate-user',
    'speeding',
    /receiving mail (?:at a rate|too quickly)|receivingrate/,
    '450-4.2.1 The user you are trying to contact is receiving mail at a rate that 450 4.2.1 prevents additional messages. https://support.google.com/mail/?p=ReceivingRate',
  ),
  rule(
    'google.rate-ip',
    'ratelimited',
    /unusual rate of unsolicited mail|unsolicitedratelimit|our system has detected an unusual (?:rate|amount)/,
    '421-4.7.28 Our system has detected an unusual rate of unsolicited mail originating from your IP address. https://support.google.com/mail/?p=UnsolicitedRateLimitError',
  ),
  rule(
    'google.unsolicited',
    'spamdetected',
    /likely unsolicited mail|unsolicitedmessageerror|suspicious due to the (?:nature of the content|very low reputation)/,
    '550-5.7.1 Our system has detected that this message is likely unsolicited mail. https://support.google.com/mail/?p=UnsolicitedMessageError',
  ),
  rule(
    'google.low-reputation',
    'badreputation',
    /very low reputation of the sending/,
    '550-5.7.1 [192.0.2.7 19] Gmail has detected that this message is likely suspicious due to the very low reputation of the sending domain.',
  ),
  rule(
    'google.multiple-from',
    'notcompliantrfc',
    /messages with multiple.{0,20}addresses in from|messages missing a valid (?:address in from|messageid)|does not comply with|not rfc ?\d{3,4} compliant/,
    '550-5.7.1 Messages with multiple 550 5.7.1 addresses in From: header are not accepted. - gsmtp',
  ),
  rule(
    'google.inactive',
    'suspend',
    /email account that you tried to reach is (?:inactive|disabled|over)/,
    '550-5.2.1 The email account that you tried to reach is inactive. https://support.google.com/mail/?p=DisabledUser',
  ),
  rule(
    'google.group-spam',
    'spamdetected',
    /email to group.{0,120}rejected due to spam/,
    'Your email to group list@example.com was rejected due to spam classification.',
  ),
  rule(
    'google.potential-security',
    'policyviolation',
    /content presents a potential.{0,20}security (?:issue|risk)|presents a potential/,
    '552-5.7.0 This message was blocked because its content presents a potential security issue. https://support.google.com/mail/?p=BlockedMessage',
  ),
  rule(
    'google.daily-limit',
    'ratelimited',
    /daily (?:user )?sending (?:quota|limit) exceeded/,
    '550-5.4.5 Daily user sending quota exceeded. - gsmtp',
  ),
  rule(
    'google.group-not-permitted',
    'rejected',
    /do not have permission to post messages to|may not have permission to post|group .{0,60}you tried to contact.{0,60}may not exist/,
    "We're writing to let you know that the group you tried to contact (list) may not exist, or you may not have permission to post messages to the group.",
  ),

  // Microsoft (outlook.com, Exchange Online)
  rule(
    'microsoft.banned-ip',
    'blocked',
    /banned sending ip|part of their network is on our block list|\bs3140\b/,
    '550 5.7.606 Access denied, banned sending IP [192.0.2.7]. To request removal from this list please visit https://sender.office.com/',
  ),
  rule(
    'microsoft.ip-reputation',
    'badreputation',
    /rate limited due to ip reputation|\bs31(?:13|14|15)\b.{0,60}reputation|ip reputation/,
    '451 4.7.650 The mail server [192.0.2.7] has been temporarily rate limited due to IP reputation. For e-mail delivery information, see https://postmaster.live.com (S775)',
  ),
  rule(
    'microsoft.rate',
    'ratelimited',
    /exceeded the rate limit|server busy.{0,40}\bas\(|exceeded the connection limit|throttled/,
    '451 4.7.500 Server busy. Please try again later from [192.0.2.7]. (AS77713)',
    { when: {} },
  ),
  rule(
    'microsoft.access-denied-rcpt',
    'userunknown',
    /recipient address rejected: access denied/,
    '550 5.4.1 [kijitora@example.org]: Recipient address rejected: Access denied [AM7EUR03FT012.eop-EUR03.prod.protection.outlook.com]',
    { when: { status: /^5\.4\.1$/ } },
  ),
  rule(
    'microsoft.dmarc',
    'authfailure',
    /does not pass dmarc verification/,
    '550 5.7.509 Access denied, sending domain [EXAMPLE.JP] does not pass DMARC verification and has a DMARC policy of reject.',
  ),
  rule(
    'microsoft.domain-mismatch',
    'requireptr',
    /domain \[?[\w.-]{1,255}\]? mismatches client ip/,
    '550 domain [example.com] mismatches client ip 192.0.2.225.',
  ),
  rule(
    'microsoft.recip-size',
    'exceedlimit',
    /resolver\.rst\.(?:recip|send)sizelimit/,
    '550 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient',
  ),
  rule(
    'microsoft.auth-required',
    'securityerror',
    /resolver\.rst\.(?:auth|not)|delivery not authorized|not allowed to send to this (?:recipient|group)|5\.7\.(?:133|134|136|124|129)/,
    '550 5.7.1 RESOLVER.RST.AuthRequired; authentication required',
  ),
  rule(
    'microsoft.not-found',
    'userunknown',
    /resolver\.adr\.(?:recip|exrecip|invalidrecip)[a-z]{0,12}notfound|resolver\.adr\.recipnotfound|recipientnotfound/,
    '550 5.1.1 RESOLVER.ADR.RecipNotFound; not found',
  ),
  rule(
    'microsoft.quota',
    'mailboxfull',
    /(?:shutoff|quota)quotaexceeded|mapiexceptionshutoffquota|storedrv\.deliver; ?mailbox full|quotaexceededexception/,
    '554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded',
  ),
  rule('microsoft.queue-expired', 'expired', /queue\.expired/, '550 4.4.7 QUEUE.Expired; message expired'),
  rule(
    'microsoft.dns-query',
    'networkerror',
    /message expired, dns query failed|dns query failed/,
    '550 5.4.312 Message expired, DNS query failed(ErrorRetry)',
  ),
  rule(
    'microsoft.domain-unreachable',
    'hostunknown',
    /because the domain is not reachable/,
    '554 The mail could not be delivered to the recipient because the domain is not reachable. Please check the domain and try again',
  ),
  rule(
    'microsoft.tenant-unlicensed',
    'suspend',
    /access denied, (?:the )?(?:tenant|mailbox) (?:has|is)/,
    '550 5.7.13 Access denied, mailbox is disabled',
  ),
  rule(
    'microsoft.unavailable',
    'userunknown',
    /requested action not taken: mailbox unavailable/,
    '550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302). [BN1NAM02FT019.eop-nam02.prod.protection.outlook.com]',
  ),

  // Yahoo, AOL, Verizon Media
  rule(
    'yahoo.deferred',
    'badreputation',
    /temporarily deferred due to (?:unexpected volume or )?user complaints|\[tss?0[1-9]\]|\[ts0[1-9]\]/,
    '421 4.7.0 [TSS04] Messages from 192.0.2.192 temporarily deferred due to unexpected volume or user complaints - 4.16.55.1',
  ),
  rule(
    'yahoo.permanently-deferred',
    'badreputation',
    /messages from .{1,60} permanently deferred|all messages from .{1,60} will be permanently deferred/,
    '553 5.7.1 [TSS09] All messages from 192.0.2.7 will be permanently deferred; Retrying will NOT succeed.',
  ),
  rule(
    'yahoo.no-account',
    'userunknown',
    /user doesn'?t have an? \S{1,80} account/,
    "554 delivery error: dd This user doesn't have a yahoo.com account (nobody@yahoo.com) [0] - mta1061.mail.ne1.yahoo.com",
  ),
  rule(
    'yahoo.policy',
    'policyviolation',
    /message not accepted for policy reasons/,
    '554 5.7.9 Message not accepted for policy reasons. See https://postmaster.yahooinc.com/error-codes',
  ),
  rule(
    'yahoo.disabled',
    'suspend',
    /mailbox (?:is )?disabled.{0,60}\[-?\d{1,5}\]|account (?:is )?disabled or discontinued/,
    '554 delivery error: dd Sorry, your message to nobody@yahoo.com cannot be delivered. This account has been disabled or discontinued [#102].',
  ),

  // Apple
  rule(
    'apple.policy',
    'policyviolation',
    /\[(?:cs|hme|hm|ca)\d{2}\]|mail from ip .{1,60} was rejected due to (?:policy|listing)/,
    '554 5.7.1 [CS01] Message rejected due to local policy. Please visit https://support.apple.com/en-us/HT204137',
  ),

  // Orange, La Poste, Wanadoo (OFR_, LPN)
  rule(
    'fr.spam-blocked',
    'blocked',
    /\b(?:ofr|lpn)\d{0,3}_(?:1\d\d|999)\b|bloquee pour incident de spam/,
    '550 mwinf5c04 ME Adresse IP source bloquee pour incident de spam. Client host blocked for spamming issues. OFR006_102',
  ),
  rule(
    'fr.spam',
    'spamdetected',
    /\b(?:ofr|lpn)\d{0,3}_(?:50[4-8]|51[0-9])\b/,
    '550 5.2.0 Mail rejete. Mail rejected. OFR_506 [506]',
  ),
  rule(
    'fr.unknown',
    'userunknown',
    /\b(?:ofr|lpn)\d{0,3}_416\b/,
    '550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR_416 [416]',
  ),
  rule(
    'fr.account-blocked',
    'suspend',
    /\b(?:ofr|lpn)\d{0,3}_426\b|le compte du destinataire est bloqu/,
    '550 5.5.0 Le compte du destinataire est bloque. The recipient account is blocked. LPN007_426',
  ),
  rule(
    'fr.policy',
    'policyviolation',
    /\b(?:ofr|lpn)\d{0,3}_(?:6\d\d)\b/,
    '554 5.7.1 <mail.example.net[192.0.2.7]:49309>: Client host rejected: #216 lpn LPN000_630',
  ),

  // Cox, GoDaddy, Spamhaus users, others
  rule(
    'cox.block',
    'blocked',
    /\baup#(?:cdrbl|cxsnsh|cxsndr|in-\d{4}|blk|out-\d{4}|clwm|csp)/,
    '550 5.1.0 <bounce@mailer.example.com> sender rejected. Refer to Error Codes section at https://www.cox.com/ for more information. AUP#CDRBL',
  ),
  rule(
    'godaddy.recipients',
    'speeding',
    /has sent to too many recipients this hour|\bib60[1-9]\b|\bib50[1-9]\b/,
    '550 5.1.1 <kijitora@example.com> - 203.0.113.222 has sent to too many recipients this hour. IB607 <http://x.co/rlbounce>',
  ),
  rule(
    'messagelabs.smtp-auth',
    'securityerror',
    /please turn on smtp authentication/,
    '550-Please turn on SMTP Authentication in your mail client.',
  ),
  rule('messagelabs.unknown', 'userunknown', /^542 \S{1,255} rejected/, '542 kijitora@example.com Rejected'),
  rule('iua.frozen', 'suspend', /mailbox is frozen/, '550 Mailbox is frozen. See http://mail.i.ua/err/3/'),
  rule(
    'ses.suppressed',
    'suppressed',
    /suppression list|suppressed address/,
    '550 5.1.1 Amazon SES has suppressed sending to this address because it has a recent history of bouncing as an invalid address (suppression list).',
  ),
  rule(
    'ses.unverified',
    'norelaying',
    /email address is not verified/,
    '554 Message rejected: Email address is not verified. The following identities failed the check in region AP-NORTHEAST-1: nekochan@example.jp',
  ),
  rule(
    'docomo.unregistered',
    'filtered',
    /is not a registered gateway user/,
    "550 'kijitora@nyaan.example.com' is not a registered gateway user",
  ),
];
