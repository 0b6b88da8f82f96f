import { NEW_ACCOUNT, bodyOf, type Values } from './sender-form.js';

const values = {
  ...NEW_ACCOUNT,
  name: 'Main',
  host: 'smtp.example.com',
  auth: { method: 'plain', user: 'me', password: '' },
  limits: { perSecond: 5, perHour: null },
  returnPathDomain: ' ',
} as Values;

describe('the form of a delivery channel', () => {
  it('leaves an empty password out, so that the stored one stays', () => {
    expect(bodyOf(values).auth).toEqual({ method: 'plain', user: 'me' });
  });

  it('drops empty limits and turns blanks into null', () => {
    expect(bodyOf(values)).toMatchObject({ limits: { perSecond: 5 }, returnPathDomain: null, dkim: null });
  });

  it('asks for a fresh DKIM key when signing is on and no key is given', () => {
    const body = bodyOf({ ...values, signs: true, dkim: { domain: 'example.com', selector: 's1', privateKey: ' ' } });
    expect(body.dkim).toEqual({ domain: 'example.com', selector: 's1' });
  });
});
