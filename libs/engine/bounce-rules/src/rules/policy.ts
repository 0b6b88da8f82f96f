/** Refusals that are about us: authentication, reputation, spam, limits, policy. They never touch the contact. */
import { rule } from '../rule.js';
import type { BounceRule } from '../rule.js';

export const POLICY_RULES: BounceRule[] = [
  // sender authentication
  rule(
    'auth.unauthenticated',
    'authfailure',
    /unauthenticated (?:e-?mail|sender|mail)|does not have authentication information|multiple authentication checks failed|fails to pass.{0,20}(?:authentication|spf)/,
    "550-5.7.26 Unauthenticated email from example.jp is not accepted due to domain's DMARC policy.",
  ),
  rule(
    'auth.spf',
    'authfailure',
    /\bspf\b.{0,60}\b(?:fail|softfail|hard fail|not (?:permitted|authori[sz]ed|allowed|pass)|reject|violation|validation)|(?:fail|reject|violat)\w{0,6}.{0,30}\bspf\b|not (?:a )?(?:permitted|designated|authori[sz]ed) (?:sender|to send|mailer).{0,60}(?:spf|domain)|openspf\.|sender policy framework/,
    '550 5.7.1 <mail@example.com>: Recipient address rejected: SPF check: fail',
  ),
  rule('auth.dmarc', 'authfailure', /\bdmarc\b/, '550 5.7.1 Email rejected per DMARC policy for example.org'),
  rule(
    'auth.dkim',
    'authfailure',
    /\bdkim\b.{0,60}(?:fail|missing|invalid|required|not (?:valid|pass))|(?:no|missing|invalid|bad) (?:valid )?dkim|\badsp\b/,
    '550 5.7.20 No passing DKIM signature found',
  ),

  // reverse DNS and HELO
  rule(
    'ptr.required',
    'requireptr',
    /reverse[ -]?dns|\brdns\b|\bptr\b|reverse (?:hostname|lookup|name|ip|address)|ip name lookup failed|cannot (?:find|resolve) your (?:hostname|reverse|ip)|client host rejected: cannot find your|name lookup (?:of|for) .{0,60}fail|unable to (?:resolve|verify) (?:your |the )?(?:ip|hostname)|without a valid sender domain|all mail servers must have|does not resolve to a fully qualified|no (?:ptr|reverse)|hostname.{0,20}does not (?:match|resolve)|invalid (?:host|ip) name|dynamic(?:ally)? (?:assigned )?ip/,
    '450 4.7.1 Client host rejected: cannot find your reverse hostname, [192.0.2.7]',
  ),
  rule(
    'helo.rejected',
    'blocked',
    /\b(?:helo|ehlo)\b.{0,60}(?:reject|denied|invalid|forged|refused|bad|unacceptable|not acceptable|mismatch|syntax)|(?:bad|invalid|forged|rejected|malformed) (?:helo|ehlo)|helo command rejected/,
    '550 5.7.1 <localhost>: Helo command rejected: Access denied',
  ),

  // volume
  rule(
    'rate.limited',
    'ratelimited',
    /rate[ -]?limit|limit(?:ed)? .{0,20}(?:per|connection rate)|too many (?:messages|mails?|e-?mails?|connections?|sessions?|concurrent|simultaneous|smtp|requests|rcpt|errors from)|connection (?:rate|limit|count)|max(?:imum)? (?:number of )?(?:concurrent )?(?:connections|sessions)|throttl|exceed\w{0,3} .{0,30}(?:hourly|daily|per (?:hour|day|minute))|too (?:fast|frequent)|try again (?:more )?slow|sending (?:limit|rate)|(?:hourly|daily) .{0,20}(?:limit|quota)|concurrent connection|too many recipients|recipients? limit/,
    '452 4.3.2 Connection rate limit exceeded.',
  ),

  // lists
  rule(
    'list.dnsbl',
    'blocked',
    /black ?-?list|block ?-?list|deny ?list|\b(?:dns|r)bl\b|spamhaus|spamcop|\bsorbs\b|barracuda(?:central| reputation)|spam ?rl|cloudmark|proofpoint\.com\/(?:dnsbl|nxdomain)|uceprotect|senderbase|mail-abuse|dnsbl|\bcbl\.|abuseat|surbl|uribl|invaluement|blocked using|listed (?:in|at|by|on) \S{2,80}|ipcheck\.proofpoint/,
    '554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/192.0.2.7',
  ),
  rule(
    'list.reputation',
    'badreputation',
    /\breputation\b|poor (?:sender|ip)|senderscore/,
    "554 Your access to this mail system has been rejected due to the sending MTA's poor reputation.",
  ),

  // spam, virus
  rule(
    'virus.found',
    'virusdetected',
    /\bvirus(?:es)?\b|malware|infected|phishing|trojan|malicious/,
    '550 Virus Detected; Content Rejected',
  ),
  rule(
    'spam.detected',
    'spamdetected',
    /\bspam(?:my|ming|mer|assassin|bouncer)?\b|\bube\b|\buce\b|unsolicited|junk ?mail|message content rejected|content rejected|bulk mail|likely suspicious|considered (?:as )?(?:spam|unsolicited)|score .{0,30}(?:too high|exceed)/,
    '550 5.7.1 Message content rejected, UBE, id=00000-22-225',
  ),

  // relay
  rule(
    'relay.denied',
    'norelaying',
    /relay(?:ing)? (?:access )?(?:is )?(?:denied|not (?:permitted|allowed)|prohibited|rejected|refused|disabled)|(?:unable|not (?:configured|permitted|allowed)|cannot|refus\w{1,4}|no) to relay|not (?:a|an) (?:open )?relay|we do not relay|relaying (?:mail )?(?:to|for|from)|not (?:in )?(?:my )?list of allowed rcpthosts|isn'?t in my list of allowed rcpthosts|no relaying|insecure mail relay|relay (?:denied|restriction)|not our customer|cannot relay/,
    '554 5.7.1 <kijitora@example.org>: Relay access denied',
  ),

  // RFC conformance of the message
  rule(
    'rfc.header',
    'notcompliantrfc',
    /duplicate header|rfc ?-?\d{3,4} (?:compliant|violation|section)|(?:missing|invalid|malformed|bad) .{0,20}(?:header|message-?id|date field)|(?:header|message) (?:is )?(?:not rfc|malformed)|bare lf|header error(?!s)|multiple from/,
    "554 Transaction failed: Duplicate header 'DKIM-Signature'.",
  ),

  // sender address
  rule(
    'sender.domain',
    'rejected',
    /domain of sender(?: address)?|sender (?:address|domain|verify|verification|e-?mail) .{0,30}(?:reject|not (?:found|exist|resolve|valid)|does not (?:exist|resolve)|fail|invalid|refused|denied|unknown|unverified)|sender (?:address )?(?:rejected|denied|refused|invalid|unknown|is not|not)|(?:invalid|bad|unknown|unresolvable|unroutable|rejected) sender|verify (?:the )?sender|mail from .{0,80}(?:denied|rejected|refused)|(?:could|can) ?not (?:resolve|verify) .{0,20}sender|could not complete sender verify|unrouteable sender|administrative prohibition|from address.{0,30}(?:reject|not)|senders? .{0,40}(?:not allowed|not permitted|blocked)|not accepting (?:e-?mail|messages?|mail) from|return address|envelope (?:blocked|sender)|rejected from .{0,60}members? only|only members|not a member/,
    '553 5.1.8 <httpd@host1.example.jp>... Domain of sender address httpd@host1.example.jp does not exist',
  ),

  // authentication asked of us, certificates, TLS
  rule(
    'tls.required',
    'failedstarttls',
    /starttls|must issue a|tls (?:is )?(?:required|negotiation|handshake|not available|connection)|encryption required|certificate/,
    '530 5.7.0 Must issue a STARTTLS command first',
  ),
  rule(
    'security.auth',
    'securityerror',
    /authentication (?:is )?required|authenticat(?:e|ion) (?:first|failure|failed|needed)|smtp auth|not (?:been )?authenticated|authori[sz]ation (?:failed|required)|not authori[sz]ed|unauthori[sz]ed|you are not allowed|access (?:is )?denied\b.{0,20}(?:delivery attempts)|insufficient privilege|permission denied|not permitted/,
    '530 5.7.0 Authentication required',
  ),

  // connection
  rule(
    'blocked.client',
    'blocked',
    /client host .{0,80}(?:reject|blocked)|(?:ip|host|server|address|network|domain|you are|has been|been|been temporarily) (?:\S{1,60} )?(?:is |was |has been |are )?(?:blocked|banned|blacklisted)|banned (?:ip|sender|sending)|access (?:is )?denied.{0,40}\bip\b|connection (?:refused|dropped|denied|rejected|reset) (?:by (?:policy|administrator)|due to)|connection(?:s)? (?:not accepted|refused from)|refused to talk to me|server refused|not accept(?:ing)? (?:connections|mail) from|(?:service|mail) (?:not available|refused).{0,60}(?:closing|ip|try later)|blocked by|no smtp service|go away|your (?:ip|server|host|network).{0,40}(?:reject|block|refus|den)|unauthori[sz]ed ip|no access from/,
    '550 5.7.1 Client host rejected: your IP is blocked',
  ),
  rule(
    'policy.reasons',
    'policyviolation',
    /polic(?:y|ies)|security (?:reasons|polic)|(?:not|un)acceptable|denied by|(?:message|mail|e-?mail) (?:was |is )?(?:refused|blocked|prohibited)|prohibited|attachment.{0,40}(?:not allowed|blocked|reject|denied)|you may not|file type/,
    '550 Denied by policy',
  ),
];
