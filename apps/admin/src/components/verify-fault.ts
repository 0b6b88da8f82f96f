import type { Resource } from '../api/types.js';

type Step = Resource<'VerifyResult'>['steps'][number];
/** Path of a field in the form of an account or a mailbox. */
export type FieldName = (string | number)[];

const HOST = ['host'];
const PORT = ['port'];
const SECURITY = ['security'];
const METHOD = ['auth', 'method'];
const PASSWORD = ['auth', 'password'];
const REFRESH_TOKEN = ['auth', 'oauth', 'refreshToken'];
const RETURN_PATH = ['returnPath'];
const FOLDERS = ['folders'];

/** The field a person changes to mend each finding, as its remedy says. Null: nothing in the form is to blame. */
const BY_DIAGNOSIS: Partial<Record<Step['diagnosis'], FieldName | null>> = {
  'name-not-found': HOST,
  'network-unreachable': HOST,
  'timed-out': HOST,
  'address-not-allowed': HOST,
  'certificate-wrong-name': HOST,
  'certificate-expired': HOST,
  'certificate-self-signed': HOST,
  'certificate-untrusted': HOST,
  'connection-refused': PORT,
  'not-the-protocol': PORT,
  'tls-on-plain-port': SECURITY,
  'plain-on-tls-port': SECURITY,
  'starttls-not-offered': SECURITY,
  'tls-failed': SECURITY,
  'auth-method-not-offered': METHOD,
  'auth-required': METHOD,
  'relay-denied': METHOD,
  'auth-failed': PASSWORD,
  'unsafe-login': PASSWORD,
  'app-password-required': PASSWORD,
  'secret-unreadable': PASSWORD,
  'token-refused': REFRESH_TOKEN,
  'service-disabled': null,
  'mailbox-in-use': null,
  'from-refused': RETURN_PATH,
  'folder-not-found': FOLDERS,
  'service-unavailable': null,
  'recipient-refused': null,
};

/** Where an unknown finding belongs, by the step that failed. */
const BY_STEP: Partial<Record<Step['name'], FieldName>> = {
  resolve: HOST,
  connect: HOST,
  greeting: PORT,
  tls: SECURITY,
  auth: PASSWORD,
  from: RETURN_PATH,
  folders: FOLDERS,
};

/**
 * The field at fault for the first step that failed, and what was found.
 * @param shown whether the form shows the field (no password without a login)
 */
export function faultField(
  steps: readonly Step[],
  shown: (name: FieldName) => boolean,
): { field: FieldName; diagnosis: Step['diagnosis']; detail: string } | null {
  const failed = steps.find(({ ok }) => !ok);
  if (!failed) return null;
  const known = BY_DIAGNOSIS[failed.diagnosis];
  const field = known === undefined ? BY_STEP[failed.name] : known;
  return field && shown(field) ? { field, diagnosis: failed.diagnosis, detail: failed.detail } : null;
}
