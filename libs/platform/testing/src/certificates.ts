import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** PEM texts. */
export interface TestCertificate {
  key: string;
  cert: string;
}
export interface TestAuthority {
  /** PEM of the authority, to be trusted by the test. */
  ca: string;
  /** A certificate of this authority. `days` below zero makes one that has expired. */
  issue(name: string, days?: number): TestCertificate;
  /** A certificate that nobody but itself vouches for. */
  selfSigned(name: string): TestCertificate;
  remove(): void;
}

/** A throw-away certificate authority. node:crypto can't make X.509, so the `openssl` program does. */
export function createTestAuthority(): TestAuthority {
  const dir = mkdtempSync(path.join(tmpdir(), 'hongyan-ca-'));
  const openssl = (...args: string[]) => {
    try {
      execFileSync('openssl', args, { cwd: dir, stdio: 'pipe' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        throw new Error('The program openssl is missing: install Debian’s package openssl.');
      }
      throw error;
    }
  };
  const read = (file: string) => readFileSync(path.join(dir, file), 'utf8');
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...newKey,
    '-keyout',
    'ca.key',
    '-out',
    'ca.crt',
    '-days',
    '2',
    '-subj',
    '/CN=Test authority',
  );
  writeFileSync(path.join(dir, 'index.txt'), '');
  writeFileSync(
    path.join(dir, 'ca.cnf'),
    '[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\nnew_certs_dir=.\ndefault_md=sha256\npolicy=p\nunique_subject=no\nrand_serial=yes\ncopy_extensions=copy\n[p]\ncommonName=supplied\n',
  );
  let count = 0;
  return {
    ca: read('ca.crt'),
    issue(name, days = 1) {
      const file = `c${(count += 1)}`;
      const san = `subjectAltName=${/^[\d.]+$/.test(name) ? 'IP' : 'DNS'}:${name}`;
      openssl(
        'req',
        ...newKey,
        '-keyout',
        `${file}.key`,
        '-out',
        `${file}.csr`,
        '-subj',
        `/CN=${name}`,
        '-addext',
        san,
      );
      const at = (offset: number) =>
        new Date(Date.now() + offset * 86_400_000).toISOString().replace(/[-:T]|\.\d+/g, '');
      const dates = ['-startdate', at(Math.min(days, 0) - 1), '-enddate', at(days)];
      openssl(
        'ca',
        '-batch',
        '-config',
        'ca.cnf',
        '-cert',
        'ca.crt',
        '-keyfile',
        'ca.key',
        ...dates,
        '-in',
        `${file}.csr`,
        '-out',
        `${file}.crt`,
        '-notext',
      );
      return { key: read(`${file}.key`), cert: read(`${file}.crt`) };
    },
    selfSigned(name) {
      const file = `s${(count += 1)}`;
      const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`];
      openssl('req', '-x509', ...newKey, '-keyout', `${file}.key`, '-out', `${file}.crt`, '-days', '2', ...subject);
      return { key: read(`${file}.key`), cert: read(`${file}.crt`) };
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}
