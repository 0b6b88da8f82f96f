/** Refusals that are about us: authentication, reputation, spam, limits. They never touch the contact. */
import { rule } from '../rule.js';
import type { BounceRule } from '../rule.js';

const AUTHENTICATION: BounceRule[] = [
  rule(
    'auth.unauthenticated',
    'authfailure',
    /unauthenticated (?:e-?mail|sender|mail)|does not have authentication information|authentication checks failed|sender authentication (?:fail|is required)/,
    "550-5.7.26 Unauthenticated email from example.jp is not accepted due to domain's DMARC policy.",
  ),
  rule('auth.dmarc', 'authfailure', /\bdmarc\b/, '550 5.7.1 Email rejected per DMARC policy for example.org'),
  rule(
    'auth.spf',
    'authfailure',
    /\bspf\b|sender policy framework|openspf\.|not (?:a )?(?:permitted|designated|authori[sz]ed) (?:sender|mailer) (?:for|of|host)|not (?:permitted|authori[sz]ed|allowed) to send (?:mail |e-?mail )?(?:from|for|on behalf)/,
    '550 5.7.1 <mail@example.com>: Recipient address rejected: SPF check: fail',
  ),
  rule(
    'auth.dkim',
    'authfailure',
    /\bdkim\b.{0,60}(?:fail|missing|invalid|required|not (?:valid|pass|found))|(?:no|missing|invalid|bad) (?:valid |passing )?dkim|\badsp\b/,
    '550 5.7.20 No passing DKIM signature found',
  ),
];

const NAMES: BounceRule[] = [
  rule(
    'ptr.words',
    'requireptr',
    /reverse[ -]?dns|\brdns\b|\bptr\b/,
    '571 No PTR Record found. Reverse DNS required: 203.0.113.22',
  ),
  rule(
    'ptr.hostname',
    'requireptr',
    /cannot find your (?:reverse )?hostname|reverse (?:hostname|lookup|name|ip)|ip name lookup failed|(?:cannot|could not|unable to) (?:find|resolve|verify) your (?:hostname|host ?name|ip|address|reverse|domain)|hostname (?:is |does )?(?:not|mismatch)/,
    '450 4.7.1 Client host rejected: cannot find your reverse hostname, [192.0.2.7]',
  ),
  rule(
    'ptr.dynamic',
    'requireptr',
    /dynamic(?:ally)?(?:[- ]assigned)? (?:ip|address|host|range)|(?:generic|dial-?up) (?:reverse|hostname|host|ip)|without a valid sender domain/,
    '550 5.7.1 Dynamic IP addresses are not accepted here, use the smtp server of your provider',
  ),
  rule(
    'helo.rejected',
    'blocked',
    /\b(?:helo|ehlo)\b.{0,60}(?:reject|denied|invalid|forged|refused|bad|unacceptable|mismatch)|(?:bad|invalid|forged|rejected|malformed) (?:helo|ehlo)/,
    '550 5.7.1 <localhost>: Helo command rejected: Access denied',
  ),
];

const LIMITS: BounceRule[] = [
  rule(
    'rate.words',
    'ratelimited',
    /rate[ -]?limit|throttl|too fast|too frequent|slow down/,
    '452 4.3.2 Connection rate limit exceeded.',
  ),
  rule(
    'rate.too-many',
    'ratelimited',
    /too many (?:messages|mails?|e-?mails?|connections?|sessions?|concurrent|simultaneous|smtp|requests|recipients|rcpt|invalid recipients|unknown)/,
    '421 4.7.0 Too many concurrent SMTP connections from this IP address',
  ),
  rule(
    'rate.connections',
    'toomanyconn',
    /connection (?:rate|limit|count|frequency)|max(?:imum)?(?: number of)? (?:concurrent |simultaneous )?(?:connections|sessions)/,
    '421 maximum number of connections reached for 192.0.2.7',
  ),
  rule(
    'rate.quota',
    'ratelimited',
    /(?:hourly|daily|sending|message) (?:sending )?(?:limit|rate|quota) (?:is |was |has been )?(?:exceeded|reached)|exceed\w{0,3} .{0,30}per (?:hour|day|minute)/,
    '450 4.7.1 Hourly sending limit exceeded for your server',
  ),
];

const TOO_MUCH: BounceRule[] = [
  rule(
    'rate.too-much',
    'ratelimited',
    /too much (?:mail|e-?mail|traffic) (?:from|for)/,
    '450 4.7.1 Error: too much mail from 192.0.2.7',
  ),
];

const GREYLISTS: BounceRule[] = [
  rule(
    'rate.greylist',
    'ratelimited',
    /gr[ea]y-?list/,
    '450 4.2.0 <li@example.org>: Recipient address rejected: Greylisted, see http://postgrey.example/',
  ),
];

const LISTS: BounceRule[] = [
  rule(
    'rcpt.blocked-inactive',
    'suspend',
    /(?:account|mail ?box|user|address) .{0,20}(?:blocked|locked|disabled|closed) (?:due to|for|because of) (?:inactivity|non-?payment|lack of use)/,
    '550 5.2.1 Account blocked due to inactivity',
  ),
  rule(
    'list.words',
    'blocked',
    /black ?-?list|block ?-?list|deny ?-?list|\bb(?:anned|locked) (?:using|by|for|in|due)|\b(?:dns|r)bls?\b|\bdnsbl\b/,
    '550 5.7.1 IP address blacklisted by recipient',
  ),
  rule(
    'list.operators',
    'blocked',
    /spamhaus|spamcop|\bsorbs\b|barracudacentral|spamrl|proofpoint\.com\/(?:dnsbl|nxdomain)|ipcheck\.proofpoint|uceprotect|senderbase|mail-abuse\.|abuseat|surbl|uribl|invaluement|psbl\.|junkemailfilter|csi\.cloudmark/,
    '554 5.7.1 Service unavailable; Client host [192.0.2.7] see zen.spamhaus.org; https://www.spamhaus.org/query/ip/192.0.2.7',
  ),
  rule(
    'list.reputation',
    'badreputation',
    /\breputation\b|senderscore/,
    "554 Your access to this mail system has been rejected due to the sending MTA's poor reputation.",
  ),
];

const CONTENT: BounceRule[] = [
  rule(
    'virus.found',
    'virusdetected',
    /\bvirus(?:es)?\b|malware|\binfected\b|phishing|trojan/,
    '550 Virus Detected; Content Rejected',
  ),
  rule(
    'spam.detected',
    'spamdetected',
    /\bspam(?:my|ming|mer|assassin)?\b|\bube\b|\buce\b|unsolicited|junk ?mail/,
    '550 5.7.0 Reject, id=22222-22 - SPAM',
  ),
  rule(
    'spam.content',
    'spamdetected',
    /(?:message |mail )?content (?:was |is |has been )?(?:rejected|denied|refused|not acceptable)|bulk mail|considered (?:as )?(?:bulk|unwanted)/,
    '550 5.6.1 Message content rejected',
  ),
  rule(
    'rfc.header',
    'notcompliantrfc',
    /duplicate header|(?:not|non)[ -]?(?:rfc|compliant)|rfc ?-?\d{3,4} (?:compliant|violation|section)|(?:missing|invalid|malformed|bad) .{0,20}(?:header|message-?id|date field)|bare lf|no resent-from/,
    "554 Transaction failed: Duplicate header 'DKIM-Signature'.",
  ),
];

const RELAY_AND_SENDER: BounceRule[] = [
  rule(
    'relay.denied',
    'norelaying',
    /relay(?:ing)? (?:access )?(?:is )?(?:denied|not (?:permitted|allowed)|prohibited|rejected|refused|disabled|restriction)/,
    '554 5.7.1 <kijitora@example.org>: Relay access denied',
  ),
  rule(
    'relay.words',
    'norelaying',
    /(?:unable|not (?:configured|permitted|allowed|authorized)|cannot|refuse|no) to relay|we do not relay|list of allowed rcpthosts|no relaying|cannot relay|insecure mail relay/,
    "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
  ),
  rule(
    'policy.named',
    'policyviolation',
    /for policy reasons|policy (?:violation|reasons|rejection|restriction)|(?:local|security|site|content|e-?mail) polic(?:y|ies)|denied by policy|violat\w{1,4} .{0,30}polic(?:y|ies)/,
    '554 Mail from nekonyaan@example.net rejected for policy reasons.',
  ),
  rule(
    'sender.domain',
    'rejected',
    /domain of sender|sender(?:'s)? domain|sender address domain/,
    '553 5.1.8 <httpd@host1.example.jp>... Domain of sender address httpd@host1.example.jp does not exist',
  ),
  rule(
    'sender.rejected',
    'rejected',
    /sender (?:address |e-?mail |was |is |has been )?(?:rejected|denied|refused|blocked|invalid|unknown|not (?:found|allowed|accepted|permitted|exist)|unverified|verify failed)/,
    '501 5.1.8 Sender address rejected',
  ),
  rule(
    'sender.bad-mail-from',
    'rejected',
    /bad ?mail ?from|envelope sender is (?:in|on) /,
    '553 sorry, your envelope sender is in my badmailfrom list (#5.7.1)',
  ),
  rule(
    'sender.refused-by-recipient',
    'filtered',
    /recipient (?:does not|doesn't|will not|has chosen not to) (?:accept|receive) (?:e-?mails?|mails?|messages?) from (?:you|this|the sender)|recipient (?:has )?blocked (?:you|the sender|this sender)/,
    '550 5.7.1 The recipient does not accept mail from you',
  ),
  rule(
    'sender.unroutable',
    'rejected',
    /(?:invalid|bad|unknown|unresolvable|unroute?able|rejected|untrusted) sender|sender verif|verify (?:the )?sender|mail from .{0,80}(?:denied|rejected|refused|not allowed)|not accepting (?:e-?mail|messages?|mail) from|from address .{0,30}(?:reject|not)|envelope (?:sender )?blocked|only members|members? only/,
    '550 Unroutable sender address',
  ),
];

export const POLICY_RULES: BounceRule[] = [
  ...AUTHENTICATION,
  ...NAMES,
  ...LIMITS,
  ...TOO_MUCH,
  ...GREYLISTS,
  ...LISTS,
  ...CONTENT,
  ...RELAY_AND_SENDER,
];

/** Asked after the recipient rules: words that stand in many refusals and mean us only where nothing clearer was said. */
export const LATE_POLICY_RULES: BounceRule[] = [
  rule(
    'tls.required',
    'failedstarttls',
    /starttls|does not support tls|tls (?:is )?(?:required|negotiation|handshake|not available|connection)|encryption required|certificate (?:verify|has|is|expired|not)/,
    '530 5.7.0 Must issue a STARTTLS command first',
  ),
  rule(
    'security.auth',
    'securityerror',
    /authentication (?:is )?(?:required|needed|failure|failed)|authenticat(?:e|ion) first|smtp auth|not (?:been )?authenticated|authori[sz]ation (?:failed|required)|(?:not|un)[ -]?authori[sz]ed|insufficient privilege/,
    '530 5.7.0 Authentication required',
  ),
  rule(
    'blocked.client',
    'blocked',
    /client host .{0,80}(?:reject|blocked)|client (?:host )?rejected/,
    '450 4.7.1 <c135.kyoto.example.ne.jp[192.0.2.56]>: Client host rejected: may not be mail exchanger',
  ),
  rule(
    'blocked.ip',
    'blocked',
    /(?:\bip\b|host|server|network|address|range) (?:\S{1,60} )?(?:is |was |has been |been |are )?(?:temporarily )?(?:blocked|banned|refused|rejected|not allowed)|your (?:ip|server|host|network|isp)\b.{0,40}(?:reject|block|refus|denied|ban)|^(?:\d{3} )?blocked\b|blocked for (?:abuse|spam)/,
    '550 5.7.1 Your IP 192.0.2.7 was refused here',
  ),
  rule(
    'blocked.refused',
    'blocked',
    /refused to talk to me|(?:not accept(?:ing)?|no) (?:connections|mail) from|service (?:not available|refused), (?:closing|please try)|no smtp service|please use the smtp server of your isp|connection(?:s)? (?:not accepted|refused from)|go away/,
    '421 Service not available, closing transmission channel',
  ),
  rule(
    'policy.words',
    'policyviolation',
    /\bpolic(?:y|ies)\b|prohibited|attachment.{0,40}(?:not allowed|blocked|reject|denied)|file type/,
    '550 Denied by the rules of your file type: attachment.exe blocked',
  ),
];
