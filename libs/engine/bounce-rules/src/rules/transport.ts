/** Trouble on the way: names, networks, time, the server itself. */
import { rule } from '../rule.js';
import type { BounceRule } from '../rule.js';

export const TRANSPORT_RULES: BounceRule[] = [
  rule(
    'content.headers',
    'contenterror',
    /headers? too (?:large|long|big)|too many headers|mime|(?:8-?bit|base64|charset|encoding|non-ascii|unsupported) .{0,40}(?:not|header|error)|bad (?:charset|content)|message parse|improper use of 8-bit|message header size/,
    '552 5.6.0 Headers too large (32768 max)',
  ),
  rule(
    'system.disk',
    'systemfull',
    /insufficient (?:disk|system) (?:space|storage|resources)|no space left on device|disk (?:space|is full)|(?:mail )?system (?:is )?full|out of (?:memory|disk)|not enough disk/,
    '452 4.4.5 Insufficient disk space; try again later',
  ),
  rule(
    'transport.expired',
    'expired',
    /(?:message|mail|delivery|delivery time|connection|operation|retry|queue|has) (?:\S{1,20} )?(?:has )?(?:been )?(?:expired|timed? ?-?out|timeout|time limit)|timed? ?-?out|retry time(?:out)? (?:not reached|exceeded)|been in the queue too long|in queue too long|could not be delivered (?:for|within|in)|delivery (?:time )?(?:expired|attempts? .{0,20}(?:exceeded|expired))|too (?:old|long)|unable to deliver in|gave? up|not (?:been )?delivered (?:after|within|for)|retries|undeliverable for|maximum (?:retry|time)|has been delayed/,
    'X-Postfix; connect to example.org[192.0.2.1]:25: Connection timed out',
  ),
  rule(
    'transport.network',
    'networkerror',
    /no route to host|network (?:is )?(?:unreachable|down|error)|name ?(?:service|server) (?:error|failure|timeout)|dns (?:error|lookup|query|server|failure|problem)|connection (?:refused|reset|lost|closed|dropped|aborted|broken|was|died|terminated)|lost connection|host (?:is )?(?:down|unreachable)|could ?n(?:'?t|ot) connect|unable to connect|failed to connect|can'?t connect|connect(?:ion)? (?:to .{1,100} )?(?:failed|error)|mail (?:is )?(?:forwarding )?loops?|loop(?:s)? (?:detected|back)|too many hops|routing loop|hop count|malformed (?:or unexpected )?name server|delivery loop|temporary (?:lookup|name|dns) (?:failure|error)|temporary failure in name|unrouteable address|unroutable|bad connection|session (?:timeout|aborted)|connection|closed by remote|not responding|no response|server did not respond|no answer|socket|unexpected(?:ly)? (?:close|disconnect|eof)|greet(?:ing)? pause/,
    'X-Postfix; connect to nyaan.example.com[192.0.2.2]:25: No route to host',
  ),
  rule(
    'system.config',
    'systemerror',
    /local (?:configuration )?error|(?:server|system|internal) (?:configuration |server |software )?(?:error|problem|failure)|mail for .{0,80} loops back to myself|(?:service|server) (?:is )?(?:currently )?(?:unavailable|down|busy|not available)|service unavailable|temporar(?:y|ily) (?:system|local|server|unavailable|failure|problem|error|out of)|could not load|cannot (?:open|allocate|execute)|database|ldap|try again (?:later|in)|resources temporarily|config(?:uration)? error|hardware|maintenance|filesystem|i\/o error|queue file write error|local delivery (?:failed|error)|tempfail|transaction failed|overload|in processing|processing error|mail server .{0,30}(?:problem|error)|content filter/,
    '451 4.3.0 Error: queue file write error',
  ),
  rule(
    'mailer.program',
    'mailererror',
    /\bprocmail\b|\bx-unix\b|command (?:failed|died|output|line|time limit)|pipe to |\|\/|return(?:ed)? (?:code|status|exit)|exit (?:status|code)|program (?:failed|exited)|child (?:process|status)|mailer error|unknown mailer|local mailer|returned (?:by|with)|segmentation|signal|maildrop|vacation|mda|transport(?:s)? (?:failed|error)|temporary failure|deliver(?:y)? agent/,
    'x-unix; procmail: Couldn\'t create "/var/spool/mail/neko"',
  ),
  rule(
    'syntax.command',
    'syntaxerror',
    /syntax error|command (?:not (?:recogni[sz]ed|implemented)|unrecogni[sz]ed|parameter|rejected|unknown)|(?:unrecogni[sz]ed|unknown|bad|improper|unimplemented|invalid|unexpected) (?:command|sequence|parameter|argument|smtp)|bad sequence|improper sequence|not implemented|line too long|protocol error/,
    '503 Improper sequence of commands',
  ),
  rule(
    'rejected.bare',
    'rejected',
    /^(?:\d{3}[- ])?(?:\d\.\d{1,3}\.\d{1,3} )?(?:message |mail |e-?mail |transaction )?(?:was |has been |is )?(?:rejected|refused|denied|access denied)\b/,
    '550 Rejected',
  ),
];
