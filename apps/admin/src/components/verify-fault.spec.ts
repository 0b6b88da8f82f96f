import { faultField } from './verify-fault.js';

type Steps = Parameters<typeof faultField>[0];
const steps = (name: string, diagnosis: string) =>
  [
    { name: 'resolve', ok: true, diagnosis: 'ok', detail: '' },
    { name, ok: false, diagnosis, detail: '' },
  ] as unknown as Steps;
const everywhere = () => true;

describe('the field at fault for what verifying found', () => {
  it.each([
    ['auth', 'auth-failed', 'auth.password'],
    ['resolve', 'name-not-found', 'host'],
    ['connect', 'connection-refused', 'port'],
    ['connect', 'timed-out', 'host'],
    ['tls', 'starttls-not-offered', 'security'],
    ['from', 'from-refused', 'returnPath'],
    ['folders', 'folder-not-found', 'folders'],
    ['auth', 'unknown', 'auth.password'],
  ])('%s: %s is at %s', (name, diagnosis, field) => {
    expect(faultField(steps(name, diagnosis), everywhere)?.field.join('.')).toBe(field);
  });

  it('is none when all passed, when the server is to blame, or when the form does not show it', () => {
    expect(faultField(steps('auth', 'auth-failed').slice(0, 1), everywhere)).toBeNull();
    expect(faultField(steps('auth', 'service-unavailable'), everywhere)).toBeNull();
    expect(faultField(steps('auth', 'auth-failed'), () => false)).toBeNull();
  });
});
