import type { Diagnosis, VerifyResult, VerifyStep } from '#contracts';

/** What to do about each cause; the UI words them in the user's language. */
const HELP: Record<Exclude<Diagnosis, 'ok'>, string> = {
  'name-not-found': 'Check the spelling of the server name; it has no address in the DNS.',
  'connection-refused':
    'Nothing listens on this port. Check it: SMTP uses 465 or 587, IMAP 993 or 143, POP3 995 or 110.',
  'network-unreachable': 'The server can’t be reached from here. Check the network and its firewall.',
  'timed-out':
    'No answer in time: the port may be wrong, or a firewall drops the connection. SMTP uses 465 or 587 (many networks block 25), IMAP 993, POP3 995.',
  'not-the-protocol':
    'Another service answers on this port. Check the port: SMTP uses 465 or 587, IMAP 993 or 143, POP3 995 or 110.',
  'tls-on-plain-port': 'This port starts without TLS. Choose STARTTLS, or the TLS port (SMTP 465, IMAP 993, POP3 995).',
  'plain-on-tls-port': 'This port expects TLS from the first byte. Choose TLS.',
  'starttls-not-offered': 'The server offers no STARTTLS here. Use its TLS port (SMTP 465, IMAP 993, POP3 995).',
  'certificate-expired': 'The certificate of the server is out of date. Its operator has to renew it.',
  'certificate-self-signed':
    'The certificate is vouched for by nobody. Install one of a public authority on the server.',
  'certificate-wrong-name': 'The certificate is for another name. Enter the server name that stands in it.',
  'certificate-untrusted': 'The certificate comes from an unknown authority, or its chain is incomplete on the server.',
  'tls-failed': 'No common TLS version or cipher. The server has to offer TLS 1.2 or newer.',
  'auth-method-not-offered': 'Choose one of the methods the server offers; many offer them only after TLS.',
  'auth-required': 'The server wants a login. Choose an authentication method and enter user and password.',
  'auth-failed':
    'The server refuses user or password. QQ, 163 and others want an authorisation code in place of the password.',
  'from-refused':
    'The server refuses this return path. Many want the login’s own address: choose return path “account”.',
  'relay-denied': 'The server does not send mail for us to other domains. Log in, or have it allow this host.',
  'recipient-refused': 'The server refuses the test recipient. Read its answer.',
  'service-unavailable':
    'The server does not serve us now: too many connections, a block list, or maintenance. Try later.',
  'folder-not-found': 'The mailbox has no such folder. Choose one of those that are listed.',
  'unsafe-login': 'The provider refuses this client. Allow third-party clients in its web mail settings.',
  'app-password-required':
    'The provider wants an app password here. Make one in the security settings of the account and enter it.',
  'service-disabled': 'Third-party access is switched off. Switch IMAP or POP3 on in the web mail settings.',
  'mailbox-in-use': 'Another program has this POP3 mailbox open. It is tried again; let only one program read it.',
  'secret-unreadable': 'The stored password can’t be opened with this installation’s master key. Enter it again.',
  'token-refused': 'The token endpoint gives no access token. Authorise again and enter the new refresh token.',
  'address-not-allowed': 'This address is in a private network. The operator can allow it by the setting EGRESS_ALLOW.',
  unknown: 'Read what the server said.',
};

/** The steps with their remedies, and whether all succeeded. */
export function toVerifyResult(steps: VerifyStep[]): VerifyResult {
  return {
    ok: steps.every(({ ok }) => ok),
    steps: steps.map((step) => (step.diagnosis === 'ok' ? step : { ...step, help: HELP[step.diagnosis] })),
  };
}
