import type { Diagnosis } from '#contracts';

/** Words by which mail servers say why a login failed, beyond a wrong password; the first that fits. */
const LOGIN_WORDS: [RegExp, Diagnosis][] = [
  // NO SELECT Unsafe Login. Please contact kefu@188.com for help
  [/unsafe login/i, 'unsafe-login'],
  // -ERR [IN-USE] Mailbox is locked by another POP3 session
  [
    /\[IN-USE\]|maildrop (?:is )?(?:already )?locked|mailbox (?:is )?(?:locked|in use)|another (?:pop3? )?session/i,
    'mailbox-in-use',
  ],
  // [ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)
  [/application-specific password|app(?:lication)? password|应用专用密码/i, 'app-password-required'],
  // QQ names every cause at once: the password is the one to look at first.
  [/password is incorrect|password error|invalid credentials|密码错误/i, 'auth-failed'],
  // Your account is not enabled for IMAP use. · POP3 service is not open · user has no permission
  [
    /not enabled for (?:imap|pop)|(?:imap|pop3?|service) (?:access )?(?:is )?(?:not open|disabled)|no permission|未开[启通]/i,
    'service-disabled',
  ],
  // -ERR [AUTH] Plaintext authentication disallowed on non-secure (SSL/TLS) connections.
  [
    /plaintext authentication disallowed|login is disabled|unsupported authentication|no matching authentication|basic auth(?:entication)? is (?:blocked|disabled)/i,
    'auth-method-not-offered',
  ],
  [/\[LOGIN-DELAY\]|\[SYS\/|\[UNAVAILABLE\]|too many|temporar|try again later|frequen/i, 'service-unavailable'],
];

/** What a refused login means by the server's own words; null when they say nothing more than no. */
export function diagnoseLogin(words: string): Diagnosis | null {
  return LOGIN_WORDS.find(([pattern]) => pattern.test(words.slice(0, 1_000)))?.[1] ?? null;
}
