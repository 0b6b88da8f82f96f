import { isReservedDomain } from './index.js';

describe('isReservedDomain', () => {
  it.each([
    'simulator.test',
    'a.b.EXAMPLE',
    'x.invalid',
    'localhost',
    'my.localhost',
    'example.com',
    'Example.ORG',
    'test',
  ])('keeps %s on the machine', (domain) => expect(isReservedDomain(domain)).toBe(true));
  it.each(['contest', 'test.com', 'example.com.cn', 'myexample.com', 'qq.com', 'mail.example.net.org'])(
    'lets %s go out',
    (domain) => expect(isReservedDomain(domain)).toBe(false),
  );
});
