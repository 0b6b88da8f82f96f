/** Trouble on the way: names, networks, time, the server itself. */
import { rule } from '../rule.js';
import type { BounceRule } from '../rule.js';

/** Asked before the recipient rules: words of the way that also hold words like `host … not found`. */
export const EARLY_TRANSPORT_RULES: BounceRule[] = [
  rule(
    'dns.temporary',
    'networkerror',
    /host(?: or domain)?(?: name)? (?:not found, try again|lookup failure)|host name lookup failure|(?:cname|mx|dns) lookup failed temporarily|name server (?:failure|timeout)|temporary (?:lookup|dns|name) (?:failure|error)|malformed (?:or unexpected )?name server/,
    'Name service error for domain example.com: Host not found, try again',
  ),
  rule(
    'mailer.procmail',
    'mailererror',
    /procmail: |command output: (?!.{0,60}quota)|command died|command time limit exceeded|\bx-unix; ?\d{1,3}$/,
    'x-unix; procmail: Couldn\'t create "/var/spool/mail/neko" id: example.org: No such user',
  ),
  rule(
    'system.disk',
    'systemfull',
    /insufficient (?:disk|system) (?:space|storage|resources)|no space left on device|out of (?:memory|disk space)/,
    '452 4.4.5 Insufficient disk space; try again later',
  ),
  rule(
    'expired.queue',
    'expired',
    /envelope expired|message expired|could not (?:be )?deliver(?:ed)? for (?:the last|more than)|was not delivered within|unable to deliver in|has been delayed|message delayed|undeliverable for|unable to deliver to domain for/,
    'Could not deliver for the last 432000 seconds. Giving up.',
  ),
];

export const TRANSPORT_RULES: BounceRule[] = [
  rule(
    'content.headers',
    'contenterror',
    /headers? too (?:large|long|big)|too many headers|(?:8-?bit|base64|charset|non-ascii|unsupported) .{0,40}(?:not|header|error)|bad (?:charset|content)|improper use of 8-bit|media error/,
    '552 Headers too large (32768 max)',
  ),
  rule(
    'expired.timeout',
    'expired',
    /timed? ?-?out|time limit|retry time(?:out)? (?:not reached|exceeded)|in (?:the )?queue too long|retries|giving up|delivery (?:time )?expired|no (?:response|answer)|not responding|did not respond/,
    'X-Postfix; connect to example.org[192.0.2.1]:25: Connection timed out',
  ),
  rule(
    'network.unreachable',
    'networkerror',
    /no route to host|network (?:is )?(?:unreachable|down|error)|host (?:is )?(?:down|unreachable)|dns (?:error|lookup|query|server|failure|problem)|name (?:service|server) error/,
    'X-Postfix; connect to nyaan.example.com[192.0.2.2]:25: No route to host',
  ),
  rule(
    'network.connection',
    'networkerror',
    /connection (?:refused|reset|lost|closed|dropped|aborted|broken|was|died|terminated)|lost connection|(?:could not|couldn't|unable to|failed to|can't|cannot) connect|connect(?:ion)? (?:to .{1,100} )?(?:failed|error)|remote protocol error/,
    'connect to mx.example.com[192.0.2.2]:25: Connection refused',
  ),
  rule(
    'network.loop',
    'networkerror',
    /\bloop(?:s|ing|ed)?\b|too many hops|hop count/,
    '554 5.4.6 Too many hops 27 (25 max)',
  ),
  rule(
    'mailer.error',
    'mailererror',
    /mailer error|unknown mailer|x-unix;|pipe to \||\|ifs=|exit (?:status|code)|program (?:failed|exited)/,
    'pipe to |/usr/local/nyaan/bin/neko: x-unix; temporary failure',
  ),
  rule(
    'onhold.temporary',
    'onhold',
    /^4\d\d 4\.\d\.\d temporary failure|due to a recipient error\. please try again/,
    '450 4.0.0 Temporary failure',
  ),
  rule(
    'system.error',
    'systemerror',
    /(?:system|internal|configuration|software|server|local) (?:configuration |server |system )?(?:error|problem|failure)|could not load|queue file write error|temporar(?:y|ily) (?:system|local|server|unavailable|failure|problem|error)|(?:service|server) (?:is )?(?:currently |temporarily )?(?:unavailable|down|busy)|try again later|maintenance|overload|resources temporarily|transaction failed/,
    '451 4.3.0 Error: queue file write error',
  ),
  rule(
    'syntax.command',
    'syntaxerror',
    /syntax error|command (?:not (?:recogni[sz]ed|implemented)|unrecogni[sz]ed|parameter|rejected|unknown)|(?:unrecogni[sz]ed|unimplemented|unexpected) (?:command|sequence|parameter)|(?:bad|improper) sequence|line too long/,
    '503 Improper sequence of commands',
  ),
  rule(
    'rejected.access',
    'rejected',
    /^(?:\d{3}[- ])?(?:\d\.\d{1,3}\.\d{1,3} )?(?:<[^<>]{0,200}>[:.]{0,3} )?access denied/,
    '550 5.7.1 Access denied',
  ),
  rule(
    'rejected.bare',
    'rejected',
    /^(?:\d{3}[- ])?(?:\d\.\d{1,3}\.\d{1,3} )?(?:your )?(?:message |mail |e-?mail |transaction )?(?:was |has been |is )?(?:rejected|refused|denied)\b/,
    '550 Rejected',
  ),
];
