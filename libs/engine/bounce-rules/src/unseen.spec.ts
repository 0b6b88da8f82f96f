import { classifyReply } from './index.js';
import type { BounceGroup } from '#contracts';

/** Lines as servers write them that no rule has as its sample: what the table makes of mail it was not written from. */
const LINES: [BounceGroup, string][] = [
  ['hard', '550 5.1.1 The email account that you tried to reach does not exist.'],
  ['hard', '550 5.1.1 <li@example.net>: Email address could not be found, or was misspelled (G8)'],
  ['hard', '550 No such user (li@example.net)'],
  ['hard', '550 5.1.1 sorry, no mailbox here by that name (chkuser)'],
  ['hard', '550 #5.1.0 Address rejected.'],
  ['hard', '554 5.1.1 <li@example.net>: Recipient address rejected: undeliverable address: User unknown'],
  ['hard', '550 Unknown local part li in <li@example.net>'],
  ['hard', '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient li@example.net not found by SMTP address lookup'],
  ['hard', '550 <li@example.net>: does not exist here'],
  [
    'hard',
    '550 5.4.1 Recipient address rejected: Access denied. For more information see https://aka.ms/EXOSmtpErrors',
  ],
  ['hard', '550 Requested action not taken: mailbox unavailable'],
  [
    'hard',
    '550 5.1.2 Host or domain name not found. Name service error for name=example.invalid type=AAAA: Host not found',
  ],
  ['hard', '550 user li@example.net is not a known user'],
  ['hard', '551 5.1.1 User has moved'],
  [
    'hard',
    '550 5.2.1 The email account that you tried to reach is disabled. Learn more at https://support.google.com/mail/?p=DisabledUser',
  ],
  ['hard', '554 30 Sorry, your message to li@yahoo.com cannot be delivered. This mailbox is disabled (554.30).'],
  ['hard', '550 Account has been suspended.'],
  ['hard', '556 5.1.10 <li@example.net>: Recipient address rejected: Domain example.net does not accept mail (nullMX)'],
  ['hard', '554 5.1.1 li@example.net: recipient is suppressed because it previously bounced'],
  ['hard', '550 5.2.1 This mailbox was disabled for non-payment'],
  ['hard', '550 The person you tried to contact does not exist'],
  ['hard', 'The domain name shop.example.invalid does not exist'],
  ['hard', '退信原因：找不到收件人的域名'],
  ['mailbox', '552 5.2.2 Mailbox size limit reached'],
  ['mailbox', '550 li@example.net has no more disk space'],
  ['mailbox', '554 Sorry, that mailbox is over its storage limit'],
  ['mailbox', '550 5.7.1 Recipient will not accept messages from this sender'],
  ['mailbox', '452-4.2.2 The email account that you tried to reach is over quota.'],
  ['mailbox', '552 5.2.2 Over quota'],
  ['mailbox', '550 5.2.2 user has exhausted allowed storage space: quota exceeded'],
  ['mailbox', '552 Requested mail action aborted: exceeded storage allocation'],
  ['mailbox', '422 4.2.2 The recipient has exceeded their mailbox limit.'],
  ['block', '521 5.2.1 : (HVU:B2) https://postmaster.aol.example/errors/554hvub2.html'],
  ['block', '451 Too much mail from 192.0.2.7, try later'],
  ['block', '550 you are on our badmailfrom list'],
  ['block', '对方服务器拒绝了你的发信IP'],
  ['block', '550-5.7.26 This mail has been blocked because the sender is unauthenticated.'],
  ['block', '550 5.7.1 Message rejected due to SPF failure'],
  ['block', '421 4.7.0 [TSS04] Messages from 192.0.2.7 temporarily deferred'],
  ['block', '554 Service unavailable; Client host [192.0.2.7] blocked using b.barracudacentral.org'],
  ['block', '550 5.7.1 Service unavailable, Client host [192.0.2.7] blocked using Spamhaus. (AS3130)'],
  [
    'block',
    "421 RP-001 (SNT004-MC1F1) Unfortunately, some messages from 192.0.2.7 weren't sent. The mail server IP connecting has exceeded the rate limit allowed.",
  ],
  ['block', '451 4.7.1 Greylisting in action, please come back later'],
  ['block', '450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.7]'],
  ['block', '554 5.7.1 This message has been blocked for containing a URL found in a blacklist'],
  ['block', '550 5.7.1 Our system has detected that this message is likely unsolicited mail.'],
  ['block', '554 5.7.1 : Sender address rejected: Access denied'],
  ['block', '550 Sender verify failed'],
  ['block', '553 5.7.1 Sender address rejected: not owned by user news@example.com'],
  ['block', '550 relay not permitted'],
  ['block', '530 5.7.0 Must issue a STARTTLS command first'],
  ['block', '421 Too many concurrent SMTP connections; please try again later.'],
  ['block', '452 4.5.3 Too many recipients'],
  ['block', '554 5.7.1 Message contains a virus: Eicar-Test-Signature'],
  ['block', '553 Mail from must equal authorized user'],
  ['block', '550 Domain frequency limited [xnWd IP: 192.0.2.7]. https://service.mail.qq.com/detail/0/343'],
  ['block', '554 HL:IPB 163 mx7,kcCowAD http://mail.163.com/help/help_spam_16.htm'],
  ['block', '550 5.7.1 [CS01] Message rejected due to local policy.'],
  ['transient', '451 4.3.0 Temporary server error. Please try again later. PRX2'],
  // 4.3.2 says that a server is not taking mail now; it never condemns an address.
  ['transient', '432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded'],
  ['transient', '450 4.3.2'],
  ['transient', 'CNAME lookup failed temporarily. (#4.4.3)'],
  ['transient', 'Command time limit exceeded: "/usr/bin/vacation"'],
  ['transient', '452 4.3.1 Insufficient system storage'],
  ['transient', '552 5.3.4 Message size exceeds fixed limit'],
  ['transient', '554 5.4.6 Hop count exceeded - possible mail loop'],
  ['transient', '451 4.4.1 Connection timed out'],
  ['transient', '421 4.4.2 mx.example.net Error: timeout exceeded'],
  ['transient', 'connect to mx.example.net[192.0.2.9]:25: Connection refused'],
  ['transient', '500 5.5.1 Command unrecognized: "XXXX"'],
  ['transient', '451 4.3.2 System is currently in maintenance'],
];

describe('replies that no rule was written from', () => {
  it.each(LINES)('belongs to %s: %s', (group, text) => {
    const [, code, enhanced] = /^([245]\d\d)?(?:[- #]{1,2}([245]\.\d{1,3}\.\d{1,3}))?/.exec(text) ?? [];
    const verdict = classifyReply({ code: code === undefined ? null : Number(code), enhanced: enhanced ?? null, text });

    expect([verdict.group, verdict.rule]).toEqual([group, verdict.rule]);
  });
});
