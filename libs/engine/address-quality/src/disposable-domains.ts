/**
 * Well-known services that give anyone a mailbox for some minutes, and names under which they run. Not here: services
 * that forward to a real mailbox for good (aliases of a person), and providers that only happen to be free.
 */
const DISPOSABLE_DOMAINS: readonly string[] = [
  // x@mailinator.com
  ...['mailinator.com', 'mailinator.net', 'mailinator2.com', 'binkmail.com', 'suremail.info', 'reallymymail.com'],
  // x@guerrillamail.com
  ...['guerrillamail.com', 'guerrillamail.net', 'guerrillamail.org', 'guerrillamail.biz', 'guerrillamail.de'],
  ...['guerrillamail.info', 'guerrillamailblock.com', 'sharklasers.com', 'grr.la', 'pokemail.net', 'spam4.me'],
  // x@10minutemail.com
  ...['10minutemail.com', '10minutemail.net', '10minutemail.co.uk', '20minutemail.com', 'minuteinbox.com'],
  ...['temp-mail.org', 'temp-mail.io', 'temp-mail.ru', 'tempmail.com', 'tempmail.net', 'tempmail.dev', 'tempail.com'],
  ...['tempr.email', 'tempmailo.com', 'tempinbox.com', 'tmpmail.org', 'tmpmail.net', 'mytemp.email', 'tmail.ws'],
  // x@yopmail.com
  ...['yopmail.com', 'yopmail.fr', 'yopmail.net', 'cool.fr.nf', 'jetable.fr.nf', 'nospam.ze.tc', 'jetable.org'],
  ...['trashmail.com', 'trashmail.net', 'trashmail.de', 'trashmail.me', 'trash-mail.com', 'wegwerfmail.de'],
  ...['wegwerfmail.net', 'wegwerfmail.org', 'wegwerfemail.de', 'spoofmail.de', 'byom.de', 'muell.email'],
  ...['getnada.com', 'nada.email', 'dispostable.com', 'maildrop.cc', 'throwawaymail.com', 'mailnesia.com'],
  ...['mintemail.com', 'fakeinbox.com', 'fakemail.net', 'mohmal.com', 'moakt.com', 'moakt.cc', 'emailondeck.com'],
  ...['discard.email', 'discardmail.com', 'discardmail.de', 'mailcatch.com', 'mailnull.com', 'mailexpire.com'],
  ...['mailpoof.com', 'inboxkitten.com', 'inboxbear.com', 'emailfake.com', 'generator.email', 'crazymailing.com'],
  ...['tempmailaddress.com', 'burnermail.io', 'mail-temp.com', 'mailtemp.info', 'luxusmail.org', 'dropmail.me'],
  ...['10mail.org', 'emltmp.com', 'mailsac.com', 'harakirimail.com', 'incognitomail.org', 'spambog.com', 'spambox.us'],
  ...['spamgourmet.com', 'spamex.com', 'spamfree24.org', 'mailforspam.com', 'tempemail.net', 'deadaddress.com'],
  ...['anonbox.net', 'mytrashmail.com', 'sogetthis.com', 'getairmail.com', 'armyspy.com', 'cuvox.de', 'dayrep.com'],
  ...['einrot.com', 'fleckens.hu', 'gustr.com', 'jourrapide.com', 'rhyta.com', 'superrito.com', 'teleworm.us'],
  // x@chacuo.net: 临时邮箱
  ...['chacuo.net', '027168.com', 'bccto.me', 'linshiyouxiang.net', 'linshi-email.com', 'www.bccto.me', 'yzm.de'],
];
const DISPOSABLE = new Set(DISPOSABLE_DOMAINS);

/** True for a domain (A-labels, lower case) of a throw-away service, or one below it: `x.chacuo.net`. */
export function isDisposableDomain(domain: string): boolean {
  for (let from = 0; ;) {
    if (DISPOSABLE.has(domain.slice(from))) return true;
    const dot = domain.indexOf('.', from);
    if (dot < 0) return false;
    from = dot + 1;
  }
}
