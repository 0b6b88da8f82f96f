import { spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestCertificate } from './certificates.js';
import { freePort, untilListening } from './smtp-sink.js';

/** A real IMAP and POP3 server on loopback, with its folders in a temporary directory. */
export interface Dovecot {
  imapPort: number;
  imapsPort: number;
  pop3Port: number;
  pop3sPort: number;
  /** Puts a mail into a folder the way a delivery agent does; a client in IDLE sees it at once. */
  append(user: string, folder: string, raw: Buffer | string): void;
  /** Makes the server number a folder anew at the next SELECT, with another UIDVALIDITY. */
  renumber(user: string, folder: string): void;
  /** Mails in a folder, by its files. */
  count(user: string, folder: string): number;
  /** Ends the server without a word, as a crash would; `close` is still needed. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

export interface DovecotOptions {
  /** Passwords by user name. */
  users: Record<string, string>;
  certificate: TestCertificate;
  /** Lines for the end of the configuration. */
  config?: string;
}

const NOBODY = 65_534;

/**
 * Starts Dovecot from a configuration of its own, in the foreground, as an ordinary folder-based instance.
 * @throws Error naming the package when it is not installed, or with its log when it does not start
 */
export async function startDovecot(options: DovecotOptions): Promise<Dovecot> {
  const program = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot'].find((place) => existsSync(place));
  if (!program) throw new Error('Dovecot is missing: install Debian’s packages dovecot-imapd and dovecot-pop3d.');
  const dir = mkdtempSync(path.join(tmpdir(), 'hongyan-dovecot-'));
  chmodSync(dir, 0o755);
  const ports = { imap: await freePort(), imaps: await freePort(), pop3: await freePort(), pop3s: await freePort() };
  const mail = path.join(dir, 'mail');
  makeOwned(mail);
  writeFileSync(path.join(dir, 'cert.pem'), options.certificate.cert);
  writeFileSync(path.join(dir, 'key.pem'), options.certificate.key);
  const users = Object.entries(options.users).map(([user, password]) => `${user}:{PLAIN}${password}\n`);
  writeFileSync(path.join(dir, 'users'), users.join(''));
  writeFileSync(path.join(dir, 'dovecot.conf'), configuration(dir, ports, options.config ?? ''));

  const child = spawn(program, ['-F', '-c', path.join(dir, 'dovecot.conf')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // A process group of its own, so that the processes of open sessions end with it.
    detached: true,
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const log = () => stderr + (existsSync(`${dir}/dovecot.log`) ? readFileSync(`${dir}/dovecot.log`, 'utf8') : '');
  const stop = () => {
    try {
      process.kill(-(child.pid ?? 0), 'SIGKILL');
    } catch {
      // gone already
    }
  };
  process.once('exit', stop);
  await untilListening(ports.imap, () => child.exitCode !== null && `Dovecot ended: ${log()}`);

  let count = 0;
  return {
    imapPort: ports.imap,
    imapsPort: ports.imaps,
    pop3Port: ports.pop3,
    pop3sPort: ports.pop3s,
    append(user, folder, raw) {
      const box = path.join(mail, user, folder === 'INBOX' ? '' : `.${folder}`);
      for (const each of [path.join(mail, user), box, ...['tmp', 'new', 'cur'].map((sub) => path.join(box, sub))]) {
        makeOwned(each);
      }
      const name = `${Date.now()}.${process.pid}_${(count += 1)}.test`;
      writeFileSync(path.join(box, 'tmp', name), raw);
      chownSync(path.join(box, 'tmp', name), NOBODY, NOBODY);
      renameSync(path.join(box, 'tmp', name), path.join(box, 'new', name));
    },
    renumber(user, folder) {
      const box = path.join(mail, user, folder === 'INBOX' ? '' : `.${folder}`);
      const numbers = readdirSync(box).filter((file) => /^dovecot[-.](?:uidlist|index)/.test(file));
      for (const file of numbers) rmSync(path.join(box, file));
    },
    count(user, folder) {
      const box = path.join(mail, user, folder === 'INBOX' ? '' : `.${folder}`);
      const lying = (sub: string) => (existsSync(path.join(box, sub)) ? readdirSync(path.join(box, sub)).length : 0);
      return lying('new') + lying('cur');
    },
    async kill() {
      stop();
      await ended;
    },
    async close() {
      process.off('exit', stop);
      child.kill('SIGTERM');
      await ended;
      stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function makeOwned(dir: string): void {
  if (existsSync(dir)) return;
  mkdirSync(dir);
  chownSync(dir, NOBODY, NOBODY);
}

type Ports = Record<'imap' | 'imaps' | 'pop3' | 'pop3s', number>;

function configuration(dir: string, ports: Ports, more: string): string {
  return `
base_dir = ${dir}/run
state_dir = ${dir}/state
log_path = ${dir}/dovecot.log
protocols = imap pop3
listen = 127.0.0.1
ssl = yes
ssl_cert = <${dir}/cert.pem
ssl_key = <${dir}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login cram-md5 apop
auth_failure_delay = 0
mail_location = maildir:${dir}/mail/%u
first_valid_uid = 1
namespace inbox {
  inbox = yes
  separator = /
  prefix =
}
passdb {
  driver = passwd-file
  args = ${dir}/users
}
userdb {
  driver = static
  args = uid=${NOBODY} gid=${NOBODY} home=${dir}/mail/%u
}
# No growing delay after a failed login.
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service imap-login {
  inet_listener imap {
    port = ${ports.imap}
  }
  inet_listener imaps {
    port = ${ports.imaps}
    ssl = yes
  }
}
service pop3-login {
  inet_listener pop3 {
    port = ${ports.pop3}
  }
  inet_listener pop3s {
    port = ${ports.pop3s}
    ssl = yes
  }
}
${more}
`;
}
