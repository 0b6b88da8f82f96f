/** Providers outside China whose words or numbers mean something that the generic rules would misread. */
import { rule } from '../rule.js';
import type { BounceRule } from '../rule.js';

const AOL: BounceRule[] = [
  rule(
    'aol.blocked-url',
    'spamdetected',
    /\bhvu:b\d/,
    '521 5.2.1 : (HVU:B1) http://postmaster.info.aol.com/errors/554hvub1.html',
  ),
];

const DOMINO: BounceRule[] = [
  rule(
    'domino.not-listed',
    'userunknown',
    /not listed in (?:the )?(?:domino directory|public name|address book)/,
    'User li (li@shop.example) not listed in Domino Directory',
  ),
];

const GOOGLE: BounceRule[] = [
  rule(
    'google.rate-user',
    'speeding',
    /receiving mail (?:at a rate|too quickly)|receivingrate/,
    '450-4.2.1 The user you are trying to contact is receiving mail at a rate that 450 4.2.1 prevents additional messages. https://support.google.com/mail/?p=ReceivingRate',
  ),
  rule(
    'google.rate-ip',
    'ratelimited',
    /unusual rate of unsolicited mail|unsolicitedratelimit|detected an unusual (?:rate|amount)/,
    '421-4.7.28 Our system has detected an unusual rate of unsolicited mail originating from your IP address. https://support.google.com/mail/?p=UnsolicitedRateLimitError',
  ),
  rule(
    'google.low-reputation',
    'badreputation',
    /very low reputation of the sending/,
    '550-5.7.1 [192.0.2.7 19] Gmail has detected that this message is likely suspicious due to the very low reputation of the sending domain.',
  ),
  rule(
    'google.unsolicited',
    'spamdetected',
    /likely unsolicited mail|unsolicitedmessageerror|likely suspicious due to the/,
    '550-5.7.1 Our system has detected that this message is likely unsolicited mail. https://support.google.com/mail/?p=UnsolicitedMessageError',
  ),
  rule(
    'google.multiple-from',
    'notcompliantrfc',
    /messages (?:with multiple|missing a valid)/,
    '550-5.7.1 Messages with multiple 550 5.7.1 addresses in From: header are not accepted. - gsmtp',
  ),
  rule(
    'google.inactive',
    'suspend',
    /account that you tried to reach is (?:inactive|disabled)/,
    '550-5.2.1 The email account that you tried to reach is inactive. https://support.google.com/mail/?p=DisabledUser',
  ),
  rule(
    'google.over-quota',
    'mailboxfull',
    /account that you tried to reach is over quota|inbox is out of storage|overquota(?:perm|temp)/,
    '552-5.2.2 The email account that you tried to reach is over quota. https://support.google.com/mail/?p=OverQuotaPerm',
  ),
  rule(
    'google.no-user',
    'userunknown',
    /account that you tried to reach does not exist|nosuchuser|answer=6596\b/,
    '550-5.1.1 The email account that you tried to reach does not exist. https://support.google.com/mail/?p=NoSuchUser',
  ),
  rule(
    'google.group-spam',
    'spamdetected',
    /to group .{0,120}rejected due to spam/,
    'Your email to group list@example.com was rejected due to spam classification.',
  ),
  rule(
    'google.potential-security',
    'policyviolation',
    /content presents a potential/,
    '552-5.7.0 This message was blocked because its content presents a potential security issue. https://support.google.com/mail/?p=BlockedMessage',
  ),
  rule(
    'google.daily-limit',
    'ratelimited',
    /daily (?:user )?sending (?:quota|limit) exceeded/,
    '550-5.4.5 Daily user sending quota exceeded. - gsmtp',
  ),
  rule(
    'google.group-permission',
    'rejected',
    /permission to post (?:messages )?to/,
    "We're writing to let you know that the group you tried to contact (list) may not exist, or you may not have permission to post messages to the group.",
  ),
  rule(
    'google.send-as',
    'rejected',
    /'send mail as' (?:feature|account)/,
    "You're sending this from a different address or alias using the 'Send mail as' feature. The settings for your 'Send mail as' account are misconfigured or out of date.",
  ),
  rule(
    'google.dns-error',
    'networkerror',
    /dns error: \d{1,12} dns type/,
    "DNS Error: 16578478 DNS type 'mx' lookup of gmal.com responded with code NOERROR",
    { when: { status: /^4/ }, sampleFrom: { enhanced: '4.0.0' } },
  ),
];

const MICROSOFT: BounceRule[] = [
  rule(
    'microsoft.banned-ip',
    'blocked',
    /banned sending ip|network is on our block list|weren'?t sent\. (?:please contact|we recommend)/,
    '550 5.7.606 Access denied, banned sending IP [192.0.2.7]. To request removal from this list please visit https://sender.office.com/',
  ),
  rule(
    'microsoft.ip-reputation',
    'badreputation',
    /rate limited due to ip reputation/,
    '451 4.7.650 The mail server [192.0.2.7] has been temporarily rate limited due to IP reputation. For e-mail delivery information, see https://postmaster.live.com (S775)',
  ),
  rule(
    'microsoft.rate',
    'ratelimited',
    /exceeded the (?:rate|connection) limit|limits for how many messages|server busy\. please try again later from/,
    '451 4.7.500 Server busy. Please try again later from [192.0.2.7]. (AS77713)',
  ),
  rule(
    'microsoft.access-denied-rcpt',
    'userunknown',
    /recipient address rejected: access denied/,
    '550 5.4.1 [kijitora@example.org]: Recipient address rejected: Access denied [AM7EUR03FT012.eop-EUR03.prod.protection.outlook.com]',
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
    /resolver\.rst\.(?:auth|not)|delivery not authorized|not allowed to send to this (?:recipient|group)/,
    '550 5.7.1 RESOLVER.RST.AuthRequired; authentication required',
  ),
  rule(
    'microsoft.not-found',
    'userunknown',
    /resolver\.adr\.[a-z]{0,20}notfound|recipient not found by smtp address lookup/,
    '550 5.1.1 RESOLVER.ADR.RecipNotFound; not found',
  ),
  rule(
    'microsoft.quota',
    'mailboxfull',
    /(?:shutoff)?quotaexceeded(?:exception)?|storedrv\.deliver[;:.] ?mailbox full/,
    '554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded',
  ),
  rule('microsoft.queue-expired', 'expired', /queue\.expired/, '550 4.4.7 QUEUE.Expired; message expired'),
  rule(
    'microsoft.dns-query',
    'networkerror',
    /dns query failed/,
    '550 5.4.312 Message expired, DNS query failed(ErrorRetry)',
  ),
  rule(
    'microsoft.domain-unreachable',
    'hostunknown',
    /because the domain is not reachable/,
    '554 The mail could not be delivered to the recipient because the domain is not reachable. Please check the domain and try again',
  ),
  rule(
    'microsoft.unavailable',
    'userunknown',
    /requested action not taken: mailbox unavailable/,
    '550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302). [BN1NAM02FT019.eop-nam02.prod.protection.outlook.com]',
  ),
];

const YAHOO_APPLE: BounceRule[] = [
  rule(
    'yahoo.deferred',
    'badreputation',
    /deferred due to (?:unexpected volume or )?user complaints|\[tss?\d\d\]/,
    '421 4.7.0 [TSS04] Messages from 192.0.2.192 temporarily deferred due to unexpected volume or user complaints - 4.16.55.1',
  ),
  rule(
    'yahoo.permanently-deferred',
    'badreputation',
    /messages from .{1,60} permanently deferred/,
    '553 5.7.1 All messages from 192.0.2.7 will be permanently deferred; Retrying will NOT succeed.',
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
    'yahoo.discontinued',
    'suspend',
    /account has been disabled or discontinued/,
    '554 delivery error: dd Sorry, your message to nobody@yahoo.com cannot be delivered. This account has been disabled or discontinued [#102].',
  ),
  rule(
    'apple.policy',
    'policyviolation',
    /\[(?:cs|hme|hm|ca)\d{1,2}\]/,
    '554 5.7.1 [CS01] Message rejected due to local policy. Please visit https://support.apple.com/en-us/HT204137',
  ),
];

const OTHERS: BounceRule[] = [
  // Orange, Wanadoo (OFR) and La Poste (LPN): the number behind the underscore is the reason
  rule(
    'fr.blocked',
    'blocked',
    /\b(?:ofr|lpn)\d{0,3}_(?:1\d\d|999)\b|bloquee pour incident de spam/,
    '550 mwinf5c04 ME Adresse IP source bloquee pour incident de spam. Client host blocked for spamming issues. OFR006_102',
  ),
  rule(
    'fr.spam',
    'spamdetected',
    /\b(?:ofr|lpn)\d{0,3}_5(?:0[4-8]|1\d)\b/,
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
    /\b(?:ofr|lpn)\d{0,3}_6\d\d\b/,
    '554 5.7.1 <mail.example.net[192.0.2.7]:49309>: Client host rejected: #216 lpn LPN000_630',
  ),
  rule(
    'cox.block',
    'blocked',
    /\baup#(?:cdrbl|cxsn|in-|blk|out-|clwm|csp)/,
    '550 5.1.0 <bounce@mailer.example.com> sender rejected. Refer to Error Codes section at https://www.cox.com/ for more information. AUP#CDRBL',
  ),
  rule(
    'godaddy.from',
    'rejected',
    /from: domain is invalid|\bib506\b/,
    '550 5.2.0 <news@example.com> From: Domain is invalid. Please provide a valid From: IB506 <http://x.co/srbounce>',
  ),
  rule(
    'godaddy.recipients',
    'speeding',
    /has sent to too many recipients this hour|\bib(?:507|60[1-9]|705)\b/,
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
    /suppression list|suppressed sending to/,
    '550 5.1.1 Amazon SES has suppressed sending to this address because it has a recent history of bouncing as an invalid address.',
  ),
  rule(
    'ses.unverified',
    'norelaying',
    /email address is not verified/,
    '554 Message rejected: Email address is not verified. The following identities failed the check in region AP-NORTHEAST-1: nekochan@example.jp',
  ),
  // KDDI writes the address for an unknown user and leaves it out where the user refuses the sender
  rule('kddi.filtered', 'filtered', /(?:^|[ >])550:? : user unknown/, '550 : User unknown'),
  rule(
    'docomo.gateway-user',
    'rejected',
    /is not a registered gateway user/,
    "550 'kijitora@nyaan.example.com' is not a registered gateway user",
  ),
  rule(
    'unverifiable-ips',
    'requireptr',
    /unverifyable sending ips/,
    '450 service permits 2 unverifyable sending IPs - mail.example.com is not 203.0.113.222',
  ),
  rule(
    'listserv.member',
    'rejected',
    /not a member of this mailing list/,
    'You are not a member of this mailing list <neko-nyaan@example.org>.',
  ),
  rule(
    'cpanel.may-not-exist',
    'hostunknown',
    /account or domain may not exist/,
    'The mail server could not deliver mail to kijitora@example.net. The account or domain may not exist, they may be blacklisted, or missing the proper dns entries.',
  ),
  rule(
    'cpanel.blacklisted-address',
    'rejected',
    /sending to\/from an address that has been blacklisted/,
    '"Sorry, you are sending to/from an address that has been blacklisted"',
  ),
];

export const PROVIDER_RULES: BounceRule[] = [...AOL, ...DOMINO, ...GOOGLE, ...MICROSOFT, ...YAHOO_APPLE, ...OTHERS];
