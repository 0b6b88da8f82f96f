import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A mailbox of Debian's Courier-IMAP on loopback; whoever connects is logged in already (PREAUTH, RFC 3501 7.1.4). */
export interface Courier {
  port: number;
  /** Puts a mail into a folder the way a delivery agent does: the lines of its file end in LF. */
  append(folder: string, raw: Buffer | string): void;
  /** Makes the server number a folder anew at the next SELECT, with another UIDVALIDITY. */
  renumber(folder: string): void;
  close(): Promise<void>;
}

/** Where scripts/unpack-courier.mjs puts the packages, which can't be installed beside Dovecot. */
const PLACE = path.resolve('.cache/courier');

/**
 * Serves one empty mailbox: each connection gets an imapd of its own, as from inetd. Needs no root.
 * @throws Error naming the command that fetches the packages
 */
export async function startCourier(): Promise<Courier> {
  const program = path.join(PLACE, 'usr/bin/imapd');
  if (!existsSync(program)) throw new Error('Courier-IMAP is missing: run `node scripts/unpack-courier.mjs`.');
  const home = mkdtempSync(path.join(tmpdir(), 'hongyan-courier-'));
  const boxOf = (folder: string) => path.join(home, 'Maildir', folder === 'INBOX' ? '' : `.${folder}`);
  const make = (folder: string) => {
    for (const sub of ['tmp', 'new', 'cur']) mkdirSync(path.join(boxOf(folder), sub), { recursive: true });
    if (folder !== 'INBOX') writeFileSync(path.join(boxOf(folder), 'maildirfolder'), '');
  };
  make('INBOX');
  const notifier = await startNotifier(home);

  const running = new Map<ChildProcess, Socket>();
  const server = createServer((socket) => {
    const child = spawn(program, ['Maildir'], { cwd: home, env: environment(home), stdio: ['pipe', 'pipe', 'ignore'] });
    running.set(child, socket);
    child.once('exit', () => (running.delete(child), socket.end()));
    for (const stream of [socket, child.stdin, child.stdout]) stream.on('error', () => socket.destroy());
    socket.once('close', () => child.kill('SIGKILL'));
    socket.pipe(child.stdin);
    child.stdout.pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  let count = 0;
  return {
    port: (server.address() as AddressInfo).port,
    append(folder, raw) {
      make(folder);
      const name = `${Date.now()}.${process.pid}_${(count += 1)}.test`;
      const lines = Buffer.from(raw).toString('latin1').replaceAll('\r\n', '\n');
      writeFileSync(path.join(boxOf(folder), 'tmp', name), lines, 'latin1');
      renameSync(path.join(boxOf(folder), 'tmp', name), path.join(boxOf(folder), 'new', name));
    },
    renumber(folder) {
      const numbers = readdirSync(boxOf(folder)).filter((file) => file.startsWith('courierimapuiddb'));
      for (const file of numbers) rmSync(path.join(boxOf(folder), file));
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const [child, socket] of running) {
        child.kill('SIGKILL');
        socket.destroy();
      }
      await closed;
      notifier.kill('SIGKILL');
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Gamin, by which imapd learns of changes in folders; without it every session begins with an alert. */
async function startNotifier(home: string): Promise<ChildProcess> {
  const env = environment(home);
  const child = spawn(path.join(PLACE, 'usr/libexec/gam_server'), [env['GAM_CLIENT_ID']!], { env, stdio: 'ignore' });
  const expired = Date.now() + 10_000;
  while (!readFileSync('/proc/net/unix', 'utf8').includes(env['GAM_CLIENT_ID']!)) {
    if (child.exitCode !== null || Date.now() > expired) throw new Error('gam_server of Debian’s gamin did not start.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return child;
}

/** As Debian's /etc/courier/imapd has it, and told of news in IDLE at once. */
function environment(home: string): Record<string, string> {
  const libraries = ['usr/lib', 'lib'].flatMap((place) =>
    [place, ...foldersIn(place)].map((folder) => path.join(PLACE, folder)),
  );
  return {
    HOME: home,
    PATH: '/usr/bin:/bin',
    LD_LIBRARY_PATH: libraries.join(':'),
    AUTHENTICATED: 'box',
    PROTOCOL: 'IMAP',
    TCPREMOTEIP: '127.0.0.1',
    IMAP_CAPABILITY: 'IMAP4rev1 UIDPLUS CHILDREN NAMESPACE THREAD=ORDEREDSUBJECT THREAD=REFERENCES SORT QUOTA IDLE',
    IMAP_KEYWORDS: '1',
    IMAP_USELOCKS: '1',
    IMAP_ENHANCEDIDLE: '1',
    IMAP_IDLE_TIMEOUT: '1',
    GAM_CLIENT_ID: path.basename(home),
    IMAP_UMASK: '022',
  };
}

function foldersIn(place: string): string[] {
  const lying = existsSync(path.join(PLACE, place)) ? readdirSync(path.join(PLACE, place)) : [];
  return lying.filter((name) => name.includes('-linux-')).map((name) => path.join(place, name));
}
