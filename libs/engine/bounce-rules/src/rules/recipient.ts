/** Refusals that are about the recipient: unknown, moved, suspended, full. */
import { rule } from '../rule.js';
import type { BounceRule } from '../rule.js';

export const RECIPIENT_RULES: BounceRule[] = [
  // moved
  rule(
    'rcpt.moved',
    'hasmoved',
    /(?:has|have) moved|no longer (?:on|at) (?:this |our )?server|address (?:has )?changed|recipient (?:has )?moved|user not local; please try|new e-?mail address|is (?:now|moved) (?:at|to) /,
    '550 5.1.6 recipient no longer on server: kijitora@example.go.jp',
  ),

  // the domain takes no mail
  rule(
    'host.null-mx',
    'notaccept',
    /null ?mx|does not accept (?:any )?(?:e-?)?mail|(?:domain|host|server) (?:doesn'?t|does not|is not|not) accept(?:ing)? (?:e-?)?mail|no smtp service here|mail receiving disabled|smtp protocol (?:is )?disabled|mx.{0,20}(?:is )?empty host/,
    '556 5.1.10 Recipient address has null MX: Domain does not accept mail',
  ),

  // suspended
  rule(
    'rcpt.suspended',
    'suspend',
    /(?:account|mailbox|user|address|recipient|e-?mail|mail ?box|id|customer) (?:\S{1,80} )?(?:is |was |has been |are |being |currently |been |temporar(?:y|ily) |is currently |is temporarily |has been temporarily )*(?:suspended|disabled|inactive|deactivated|locked|closed|frozen|terminated|expired|cancel?led|deleted|blocked|on hold|discontinued|not active|dormant|archived)|(?:disabled|inactive|suspended|deactivated|expired|locked|closed) (?:mailbox|account|user|recipient|address|e-?mail)|temporary locked|invalid\/inactive|no longer (?:active|in use|in service)|boite du destinataire archivee|out of service|account is over/,
    '525 5.7.13 Disabled recipient address',
  ),

  // full
  rule(
    'rcpt.full',
    'mailboxfull',
    /(?:mail ?box|mailfolder|in ?box|account|user|recipient|mail ?drop|maildir|quota|storage|folder)\S{0,3} (?:\S{1,80} )?(?:is |has |size )?(?:full|over ?quota|exceed\w{0,3}|over (?:its |the |allowed )?(?:quota|limit)|out of (?:storage|space))|over(?: the| his| her| its)? (?:\w{1,12} )?(?:quota|storage|disk)|quota (?:exceeded|limit|full|is exceeded|violation|has been)|(?:exceed|exceeded|exceeds|exceeding|over|out of)\w{0,4} .{0,30}(?:quota|storage|disk space|mailbox size|mail ?box limit)|overquota|not enough (?:storage|disk|space|room)|insufficient (?:storage|quota|mailbox)|full mail ?box|mail ?box full|too (?:much|many) (?:mail|messages) (?:stored|in|data)|disk (?:quota|full)|no (?:space|room) (?:left )?(?:in|for) (?:mail|user|recipient)|maximum allowed (?:storage|quota)|user has too many messages|is using more than|filled/,
    '552 5.2.2 <neko@example.org> Quota exceeded (mailbox for user is full)',
  ),

  // size
  rule(
    'size.recipient',
    'exceedlimit',
    /(?:message|mail|data) (?:\w{1,10} )?(?:length |size )?exceeds .{0,60}(?:limit set by|recipient|fixed maximum|for this)|too large for this recipient|exceeds fixed|exceeds limit set/,
    '552 5.2.3 Message size exceeds fixed maximum message size (10485760)',
    { when: { status: /^[45]\.2\.3$/ } },
  ),
  rule(
    'size.message',
    'mesgtoobig',
    /(?:message|mail|e-?mail|data|size|body|attachment|content)\S{0,2} (?:\S{1,20} )?(?:is |was )?(?:too (?:large|big|long)|exceed\w{0,3}|larger than|over (?:the )?(?:size|max))|too (?:large|big) (?:message|mail|file|a message)|size limit|exceeds? (?:the )?(?:max\w{0,4}|size|fixed|administrative|system|message)|exceed\w{0,3} .{0,30}(?:message|mail|size)|maximum (?:message )?size|message file too big/,
    '552 5.3.4 Message size exceeds file size limit',
  ),

  // unknown domain
  rule(
    'host.unknown',
    'hostunknown',
    /(?:host|domain|server|site) (?:\S{1,100} )?(?:is |was |name |could )?(?:unknown|not (?:found|be found|exist|known|valid)|does(?:n'?t| not) exist|invalid|has no|nonexistent|non-existent|unreachable|not reachable|non trouve)|(?:unknown|invalid|bad|illegal|unrouteable|unroutable|no such|nonexistent|non-existent|unresolvable) (?:host|domain|mail domain|destination|mail host|recipient domain)|no (?:mx|a|such) (?:record|domain|host|mx)|nxdomain|(?:host|domain) (?:or domain )?name (?:not found|error|lookup fail)|couldn'?t find any host|could ?n'?o?t (?:find|resolve) (?:any )?(?:host|domain|mx)|all relevant mx records point to non-existent|recipient domain must exist|no mail (?:server|host|exchanger)|domain is not|unrouteable mail domain|domain must|name or service not known/,
    '550 5.1.2 Host unknown (Name server: example.invalid: host not found)',
  ),

  // unknown user
  rule(
    'rcpt.unknown',
    'userunknown',
    /(?:user|recipient|mail ?box|address|account|addressee|customer|member|person|login|name|destinat\w{2,6}|e-?mail|mail|local ?part|subscriber|destinatario|usuario|utente|benutzer|empf(?:ä|ae|a)nger|alias|id)\S{0,2} (?:\S{1,120} )?(?:address )?(?:is |was |are |has been |could |does |name |id |e-?mail )?(?:unknown|not (?:found|be found|exist|known|listed|valid|recogni[sz]ed|here|a valid|registered|available|defined|local|on|located|correct|in)|does(?:n'?t| not) (?:exist|match|have)|doesn'?t|do not exist|don'?t exist|invalid|non-?existent|no longer|undeliverable|rejected|inconnu\w?|desconocid\w|sconosciut\w|unbekannt|unavailable|unreachable|existiert nicht|no existe|inexistente?|isn'?t|cannot be found|couldn'?t|unrouteable)|(?:unknown|invalid|no such|bad|incorrect|not a valid|nonexistent|non-existent|illegal|undeliverable|unrecogni[sz]ed|unrouteable|unroutable|wrong|not a known|undefined|no|there is no) (?:or \S{1,20} )?(?:\w{1,14} )?(?:user|recipient|mail ?box|address|account|addressee|local|e-?mail|person|customer|member|alias|login|name|id|destination|rcpt|virtual)|no (?:one|account|mailbox|user|such|recipient|valid|mail box|matches) .{0,30}(?:here|by that|by this|with that|exist|found|user|recipient|address|to nameserver)|user ?unknown|unknown ?user|not (?:a )?(?:our|valid|known) (?:user|customer|recipient|mailbox)|who is this|(?:isn'?t|is not) (?:a )?(?:valid|known|local|registered|one of our)|does not (?:have|like) (?:an?|recipient)|could ?n(?:'?t| ?ot) (?:be )?(?:find|found|locate|deliver to)|unable to (?:find|locate|verify) .{0,20}(?:user|recipient|address|mailbox)|not our user|not found in|no mail ?box|email address could not be found|nicht (?:gefunden|bekannt|vorhanden)|mailbox (?:currently )?(?:unavailable|missing)|adresse? .{0,40}(?:invalide|inconnue)|user reject|usersearch|listed in|verify address|address error|rcpt-to validation|vrfy|adressee|recipients? .{0,20}refused|delivery to .{0,80} not|known to be invalid|is not an active|no account|to a valid/,
    '550 5.1.1 <userunknown@example.jp>... User Unknown',
  ),
];
