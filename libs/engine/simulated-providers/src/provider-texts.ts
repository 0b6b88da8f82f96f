/** A negative SMTP reply as a provider words it; `{address}`, `{domain}` stand for the recipient's. */
export interface ReplyText {
  code: number;
  lines: string[];
}

/** Why a provider refuses. The last four are its limits, see `ProviderLimits`. */
export type RefusalReason =
  | 'unknown'
  | 'full'
  | 'blocked'
  | 'connections'
  | 'connectionsPerMinute'
  | 'messagesPerConnection'
  | 'messagesPerMinute';

export type ProviderTexts = Record<RefusalReason, ReplyText>;

const reply = (code: number, ...lines: string[]): ReplyText => ({ code, lines });

// "550 Mailbox not found. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000728"
// A 550 is often only a rate limit here: Ip, Domain, Sender or Connection frequency limited.
const qqHelp = (no: number): string => `http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=${no}`;
export const qqTexts: ProviderTexts = {
  unknown: reply(550, `Mailbox not found. ${qqHelp(1000728)}`),
  full: reply(552, `Mailbox is full: mail box space not enough. ${qqHelp(1000729)}`),
  blocked: reply(550, `Mail content denied. ${qqHelp(1000726)}`),
  connections: reply(550, `Ip frequency limited. ${qqHelp(1000725)}`),
  connectionsPerMinute: reply(550, `Connection frequency limited. ${qqHelp(1000722)}`),
  messagesPerConnection: reply(550, `Sender frequency limited. ${qqHelp(1000724)}`),
  messagesPerMinute: reply(550, `Domain frequency limited. ${qqHelp(1000723)}`),
};

// "421 HL:ICC 163 smtp9,DcCowAB3 http://mail.163.com/help/help_spam_16.htm"
const neteaseHelp = '{domain} smtp9,DcCowAB3c1kF 192.0.2.10 http://mail.163.com/help/help_spam_16.htm';
export const neteaseTexts: ProviderTexts = {
  unknown: reply(550, 'User not found: {address}'),
  full: reply(552, 'mail box space not enough: {address}'),
  blocked: reply(554, `DT:SPM ${neteaseHelp}`),
  connections: reply(421, `HL:ICC ${neteaseHelp}`),
  connectionsPerMinute: reply(421, `HL:IFC ${neteaseHelp}`),
  messagesPerConnection: reply(450, `MI:DMC ${neteaseHelp}`),
  messagesPerMinute: reply(451, `MI:SFQ ${neteaseHelp}`),
};

// "550-5.1.1 The email account that you tried to reach does not exist. Please try …"
export const gmailTexts: ProviderTexts = {
  unknown: reply(
    550,
    '5.1.1 The email account that you tried to reach does not exist. Please try',
    "5.1.1 double-checking the recipient's email address for typos or",
    '5.1.1 unnecessary spaces. For more information, go to',
    '5.1.1  https://support.google.com/mail/?p=NoSuchUser - gsmtp',
  ),
  full: reply(
    552,
    "5.2.2 The recipient's inbox is out of storage space and inactive. Please direct",
    '5.2.2 the recipient to https://support.google.com/mail/?p=OverQuotaPerm - gsmtp',
  ),
  blocked: reply(
    550,
    '5.7.1 [192.0.2.10      12] Our system has detected that this message is',
    '5.7.1 likely unsolicited mail. To reduce the amount of spam sent to Gmail,',
    '5.7.1 this message has been blocked. - gsmtp',
  ),
  connections: reply(421, '4.7.0 Too many concurrent SMTP connections; please try again later. - gsmtp'),
  connectionsPerMinute: reply(421, '4.7.0 Try again later, closing connection. - gsmtp'),
  messagesPerConnection: reply(421, '4.7.0 Connection expired, try reconnecting. - gsmtp'),
  messagesPerMinute: reply(
    421,
    '4.7.28 Gmail has detected an unusual rate of mail originating from your IP',
    '4.7.28 address. To protect our users from spam, mail has been temporarily',
    '4.7.28 rate limited. - gsmtp',
  ),
};

// "550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302)."
export const outlookTexts: ProviderTexts = {
  unknown: reply(550, '5.5.0 Requested action not taken: mailbox unavailable (S2017062302).'),
  full: reply(552, "5.2.2 The recipient's mailbox is full and can't accept messages now."),
  blocked: reply(
    550,
    "5.7.1 Unfortunately, messages from [192.0.2.10] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3140).",
  ),
  connections: reply(421, '4.3.2 The maximum number of concurrent server connections has exceeded a limit.'),
  connectionsPerMinute: reply(
    421,
    'RP-001 The mail server IP connecting to the server has exceeded the rate limit allowed.',
  ),
  messagesPerConnection: reply(421, '4.4.2 Message submission rate for this client has exceeded the configured limit'),
  messagesPerMinute: reply(
    451,
    '4.7.650 The mail server [192.0.2.10] has been temporarily rate limited due to IP reputation. (S775)',
  ),
};

// "554 delivery error: dd This user doesn't have a yahoo.com account (…) [0]"
export const yahooTexts: ProviderTexts = {
  unknown: reply(554, "delivery error: dd This user doesn't have a {domain} account ({address}) [0] - mta1005.mail"),
  full: reply(552, '5.2.2 Requested mail action aborted, {address} is over quota'),
  blocked: reply(554, '5.7.9 Message not accepted for policy reasons.'),
  connections: reply(421, '4.7.0 [TSS12] Too many concurrent connections from 192.0.2.10'),
  connectionsPerMinute: reply(421, '4.7.0 [TSS05] Connections from 192.0.2.10 temporarily deferred'),
  messagesPerConnection: reply(421, 'Max message per connection reached, closing transmission channel'),
  messagesPerMinute: reply(
    421,
    '4.7.0 [TSS04] Messages from 192.0.2.10 temporarily deferred due to unexpected volume or user complaints',
  ),
};

// "550 mailbox not exist"
export const aliyunTexts: ProviderTexts = {
  unknown: reply(550, 'mailbox not exist: {address}'),
  full: reply(552, 'mailbox is full, mail box space not enough: {address}'),
  blocked: reply(554, 'Reject by content spam'),
  connections: reply(421, 'Too many concurrent connections'),
  connectionsPerMinute: reply(421, 'Connect too frequently, please try again later'),
  messagesPerConnection: reply(451, 'Send too frequently in one session, please try again later'),
  messagesPerMinute: reply(451, 'Send too frequently, please try again later'),
};

// "550 5.1.1 <…>: Recipient address rejected: User unknown in local recipient table"
export const postfixTexts: ProviderTexts = {
  unknown: reply(550, '5.1.1 <{address}>: Recipient address rejected: User unknown in local recipient table'),
  full: reply(552, '5.2.2 <{address}>: Mailbox is full, quota exceeded'),
  blocked: reply(550, '5.7.1 Message rejected due to local policy'),
  connections: reply(421, '4.7.0 Error: too many connections from 192.0.2.10'),
  connectionsPerMinute: reply(421, '4.7.0 Error: too many connections in a short time from 192.0.2.10'),
  messagesPerConnection: reply(450, '4.7.1 Error: too much mail from 192.0.2.10'),
  messagesPerMinute: reply(450, '4.7.1 Error: too many recipients from 192.0.2.10'),
};

/** Greylisting, worded as the common milters do. */
export const greylistText = reply(
  451,
  '4.7.1 <{address}>: Recipient address rejected: Greylisted, please try again later',
);

/** The reply with the recipient filled in. */
export function fillText({ code, lines }: ReplyText, address: string): ReplyText {
  const domain = address.slice(address.lastIndexOf('@') + 1);
  const fill = (line: string): string =>
    line.replace(/\{address\}/g, () => address).replace(/\{domain\}/g, () => domain);
  return { code, lines: lines.map(fill) };
}
