import { parseHeaders } from './mime/headers.js';
import { REPORTERS, authenticReporter } from './reporters.js';

const headers = (from: string, results: string) =>
  parseHeaders(`Authentication-Results: ${results}\r\nFrom: ${from}\r\n`);

it.each(REPORTERS.map(({ name, sample, domains }) => [name, sample, domains[0]!] as const))(
  '%s is known by the line it writes, where our own server says that it is authentic',
  (name, sample, domain) => {
    expect(authenticReporter(headers(sample, `mx.own.example; dkim=pass header.d=${domain}`), 'mx.own.example')).toBe(
      name,
    );
    expect(
      authenticReporter(headers(sample, `mx.own.example; dkim=fail header.d=${domain}`), 'mx.own.example'),
    ).toBeNull();
    expect(authenticReporter(headers(sample, `mx.own.example; dkim=pass header.d=${domain}`), '')).toBeNull();
    expect(
      authenticReporter(headers(sample, `mx.own.example; dkim=pass header.d=not${domain}`), 'mx.own.example'),
    ).toBeNull();
  },
);
