/** Refusals that are about the recipient: moved, domain without mail, suspended, full, unknown. */
import { rule } from '../rule.js';
import type { BounceRule } from '../rule.js';

const SUBJECT =
  '(?:user|recipient|mail ?box|address|account|addressee|customer|member|person|login|destination|e-?mail(?: address)?|local ?part|subscriber|alias|id|name)';
/** A rule over `<subject> … <said of it>` in either order would be one pattern a page long; these keep it readable. */
function said(of: string): RegExp {
  return new RegExp(
    `${SUBJECT}(?:\\(s\\))?:? (?:<[^<>]{0,200}> |[^ ]{1,80} )?(?:is |was |are |has been |have been |has |being |currently |temporarily |now |appears to be |seems to be ){0,3}(?:${of})\\b`,
  );
}

const SUPPRESSED: BounceRule[] = [
  rule(
    'rcpt.suppressed',
    'suppressed',
    /(?:address|recipient) (?:is|was|has been) suppressed|because it (?:has )?previously (?:hard )?bounced/,
    '554 5.1.1 Address is suppressed because it previously bounced',
  ),
];

const FULL_BY_SIZE: BounceRule[] = [
  rule(
    'full.size-limit',
    'mailboxfull',
    /mail ?box size limit (?:exceeded|reached)|mail ?box (?:is |was )?over (?:the|its) (?:\w{1,10} )?limit|no more (?:disk |storage |mail ?box )?space/,
    '452 Mailbox size limit exceeded',
  ),
];

const GONE: BounceRule[] = [
  rule(
    'rcpt.moved',
    'hasmoved',
    /(?:has|have) moved|no longer (?:on|at) (?:this )?server|(?:user|recipient) (?:has )?changed address|user not local; please try|new e-?mail address (?:is|:)/,
    '550 recipient no longer on server: kijitora@example.go.jp',
  ),
  rule(
    'host.null-mx',
    'notaccept',
    /null ?mx|(?:does not|doesn't|not|will not) accept(?:ing)? (?:any )?(?:e-?mail|mail|network messages)|mail receiving disabled|smtp (?:protocol )?(?:is )?disabled/,
    '556 5.1.10 Recipient address has null MX: Domain does not accept mail',
  ),
  rule('host.no-mx', 'notaccept', /no mx (?:record )?found/, 'No mx record found for domain=libsisimai.example'),
];

const SUSPENDED: BounceRule[] = [
  rule(
    'rcpt.disabled',
    'suspend',
    said(
      'suspended|disabled|inactive|deactivated|locked|closed|frozen|terminated|expired|cancel+ed|blocked|on hold|discontinued|not active|dormant|archived|restricted|temporary locked|out of service',
    ),
    'vdelivermail: account is locked email bounced kijitora@neko2.example.co.jp',
  ),
  rule(
    'rcpt.disabled-first',
    'suspend',
    /(?:disabled|inactive|suspended|deactivated|expired|locked|closed|frozen) (?:mail ?box|account|user|recipient|address|e-?mail)/,
    '550 5.2.1 Disabled recipient address',
  ),
  rule(
    'rcpt.no-longer-active',
    'suspend',
    /no longer (?:active|in use|in service)|invalid\/inactive|boite du destinataire archivee/,
    '550 5.2.1 This mailbox is no longer active',
  ),
];

const FULL: BounceRule[] = [
  rule(
    'full.mailbox',
    'mailboxfull',
    /(?:mail ?(?:box|folder|drop|dir)|in-?box|account|user|folder|storage|maildir)\S{0,3} (?:<[^<>]{0,200}> |\S{1,80} )?(?:is |was |has been |has |size |currently ){0,3}(?:full|over ?(?:the )?quota|exceeded|out of (?:storage|space))/,
    '552 Mailbox Full',
  ),
  rule(
    'full.quota',
    'mailboxfull',
    /(?:over|out of|exceed\w{0,4}|exceeding)(?: the| his| her| its| their)?(?: \w{1,12}){0,2} (?:quota|storage|disk|allocated space)|quota (?:is |was |has been |limit )?(?:exceeded|reached|full|violation|limit)|\bover ?quota/,
    "This person's account is exceeding their quota.",
  ),
  rule(
    'full.space',
    'mailboxfull',
    /(?:not enough|insufficient|no) (?:storage|mailbox|disk|space|room|free)(?: space)? (?:left |available )?(?:in|for|on) .{0,30}(?:mail|user|recipient|account)|full mail ?box|too (?:much|many) (?:mail|messages) (?:stored|in|for)|user has too many messages/,
    '452 not enough space for mail of this user',
  ),
];

const NO_SUCH_HOST: BounceRule[] = [
  rule(
    'host.name-service',
    'hostunknown',
    /host or domain name not found|name service error for .{0,160}host not found|\b(?:domain|host) name [^ ]{1,100} (?:does not exist|doesn't exist|(?:is |was |could )?not (?:be )?found)/,
    'Host or domain name not found. Name service error for name=shop.example type=A: Host not found',
  ),
];

const UNKNOWN_USER: BounceRule[] = [
  rule(
    'unknown.whom-you-try',
    'userunknown',
    /(?:user|account|address|person|recipient) (?:that )?you (?:are trying|were trying|tried|wish) to (?:reach|contact|e-?mail) (?:is |was |does |could )?(?:not (?:exist|found|be found|known)|unknown|invalid)/,
    '550 The user you are trying to reach is not found',
  ),
  rule(
    'unknown.is',
    'userunknown',
    said(
      "unknown|invalid|non-?existent|not (?:found|be found|exist|known|listed|valid|recogni[sz]ed|here|registered|available|defined|local|located|correct)|does(?: not|n't) exist|do(?: not|n't) exist|doesn't|undeliverable|unreachable|unavailable|no longer|cannot be found|could not be found|couldn't be found|missing|wrong",
    ),
    '550 5.1.1 <userunknown@example.jp>: User unknown in virtual mailbox table',
  ),
  rule(
    'unknown.address-alone',
    'userunknown',
    /<>:? (?:does not|doesn't|do not) exist|^(?:\d{3} )?<>[:,]? (?:rejected|unknown|invalid)/,
    "550 li@example.net doesn't exist",
  ),
  rule(
    'unknown.first',
    'userunknown',
    new RegExp(
      `(?:unknown|invalid|no such|bad|incorrect|nonexistent|non-existent|illegal|undeliverable|unrecogni[sz]ed|wrong|unroutable|unrouteable)(?: or \\w{1,10})? (?:\\w{1,14} ){0,2}?${SUBJECT}`,
    ),
    '550 5.1.1 No such user here',
  ),
  rule(
    'unknown.no-here',
    'userunknown',
    /no (?:such )?(?:one|account|mail ?box|user|recipient|person|address) (?:here|by that|with that|of that|exist|found|by the name)|no valid recipient|there is no (?:one|user|mailbox|account)/,
    'Sorry, no mailbox here by that name. (#5.1.1)',
  ),
  rule(
    'unknown.does-not-have',
    'userunknown',
    /(?:is not|isn't|are not|not) (?:a |an )?(?:valid|known|local|registered|active|our|existing|recogni[sz]ed) (?:\w{1,12} ){0,2}(?:user|customer|recipient|mail ?box|account|address|member)|user ?unknown|unknown ?user|usersearch/,
    'One or more of the recipients are not a valid user of the system.',
  ),
  rule(
    'unknown.rejected',
    'userunknown',
    /(?:recipient|address|user)(?: address)? rejected|rejected (?:recipient|address)/,
    '550 <neko-nyaan@ne.auone-net.jp>: Recipient address rejected.',
  ),
  rule(
    'unknown.could-not-find',
    'userunknown',
    /(?:could ?n(?:o|')t|cannot|can't|unable to|failed to) (?:be )?(?:find|found|locate|resolve|verify|lookup|look up) (?:the |a |this |that |your )?(?:user|recipient|address|mailbox|account|person)|couldn't be found|name is not recogni[sz]ed|address error/,
    "The email address you entered couldn't be found. Check the recipient's email address then try to resend the message.",
  ),
  rule(
    'unknown.other-languages',
    'userunknown',
    /(?:adresse?|destinataire|utilisateur|compte|boite) .{0,40}(?:invalide|inconnue?|introuvable|n'existe)|(?:empf(?:ä|ae|a)nger|benutzer|adresse|postfach) .{0,30}(?:unbekannt|nicht (?:gefunden|vorhanden|bekannt)|existiert nicht)|(?:usuario|destinatario|cuenta|buz[oó]n|direcci[oó]n) .{0,30}(?:desconocid|no existe|inexistente|inv[aá]lid)|(?:usu[aá]rio|destinat[aá]rio|conta) .{0,30}(?:desconhecid|n[aã]o existe|inexistente|inv[aá]lid)|(?:utente|destinatario|casella) .{0,30}(?:sconosciut|inesistente|non esiste)|(?:пользователь|ящик|адрес) .{0,40}не (?:найден|существует)|宛先.{0,20}(?:見つかり|存在し)|存在しません/,
    '550 Adresse destinataire invalide.',
  ),
  rule(
    'unknown.account-or-domain',
    'userunknown',
    /verify the recipient|account or domain may not exist|bad destination mailbox|invalid final delivery|did not exactly match|address is wrong|did not like recipient|does not like recipient/,
    'The address to which your message was addressed did not exactly match an address here.',
  ),
];

const UNKNOWN_HOST: BounceRule[] = [
  rule(
    'host.unknown',
    'hostunknown',
    /(?:host|domain|mail server|site)(?: name)? (?:<[^<>]{0,200}> |[^ ]{1,100} )?(?:is |was |name |could |does |has ){0,2}(?:unknown|not (?:found|be found|exist|known|valid)|doesn'?t exist|non-?existent|invalid|no mx)/,
    '554 <kijitora@neko.example.org>... 550 Host unknown (Authoritative answer from name server)',
  ),
  rule(
    'host.no-such',
    'hostunknown',
    /(?:unknown|invalid|bad|illegal|unroute?able|no such|non-?existent|unresolvable) (?:mail )?(?:host|domain|destination host|recipient domain)/,
    'No such domain.',
  ),
  rule(
    'host.could-not-find',
    'hostunknown',
    /(?:couldn't|could not|can't|cannot|unable to) (?:find|resolve|look ?up) (?:any )?(?:host|domain|mail server|mx)|nxdomain|all relevant mx records point to non-existent|host lookup did not complete|name or service not known/,
    "Sorry, I couldn't find any host named cx.libsisimai.example. (#5.1.2)",
  ),
];

const SIZE: BounceRule[] = [
  rule(
    'size.recipient',
    'exceedlimit',
    /exceeds (?:the )?(?:limit set by|size limit for|fixed maximum)|too large for this recipient|message length exceeds/,
    '552 Message size exceeds fixed maximum message size (10485760)',
  ),
  rule(
    'size.message',
    'mesgtoobig',
    /(?:message|mail|e-?mail|data|body|attachment|content)(?: \w{1,10})? (?:is |was |size )?(?:too (?:large|big|long)|exceed\w{0,3}|larger than)|too (?:large|big) (?:a )?(?:message|mail|file)|message size|size limit|maximum size/,
    '552 Message too big for system',
  ),
];

export const RECIPIENT_RULES: BounceRule[] = [
  ...SUPPRESSED,
  ...FULL_BY_SIZE,
  ...GONE,
  ...SIZE,
  ...FULL,
  ...SUSPENDED,
  ...NO_SUCH_HOST,
  ...UNKNOWN_USER,
  ...UNKNOWN_HOST,
];
