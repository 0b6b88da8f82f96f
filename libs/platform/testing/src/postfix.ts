import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort, untilListening } from './smtp-sink.js';

/** A real Postfix on loopback: it takes every message, delivers, bounces and delays as it does everywhere. */
export interface Postfix {
  port: number;
  log(): string;
  close(): Promise<void>;
}

export interface PostfixOptions {
  /** Mailboxes of this server by address; a full one takes nothing more. Anyone else of their domains is unknown. */
  mailboxes: Record<string, 'open' | 'full'>;
  /** Where mail for other domains goes: a loopback port, whoever listens there or not. */
  routes: Record<string, number>;
  /** Domains whose mail goes to a server that does not relay for them. */
  refused: readonly string[];
}

const PROGRAM = '/usr/sbin/postfix';
/** Owner of the mailboxes: nobody. */
const NOBODY = 65_534;
const MAILBOX_LIMIT = 65_536;

/**
 * Starts a Postfix with a configuration, queue and mailboxes of its own in a temporary directory. It warns of delay after
 * a second. Only root can.
 * @throws Error naming the package when it is not installed, or with its log when it does not start
 */
export async function startPostfix(options: PostfixOptions): Promise<Postfix> {
  if (!existsSync(PROGRAM)) throw new Error('Postfix is missing: install Debian’s package postfix.');
  const dir = mkdtempSync(path.join(tmpdir(), 'hongyan-postfix-'));
  chmodSync(dir, 0o755);
  const [port, refusingPort] = [await freePort(), await freePort()];
  const config = path.join(dir, 'etc');
  for (const folder of ['etc', 'queue', 'data', 'mail']) mkdirSync(path.join(dir, folder));
  chownSync(path.join(dir, 'data'), ownerOf('postfix'), -1);
  fillMailboxes(path.join(dir, 'mail'), options.mailboxes);
  writeFileSync(path.join(config, 'main.cf'), mainConfiguration(dir, options, refusingPort));
  writeFileSync(path.join(config, 'master.cf'), services(port, refusingPort));

  const child = spawn(PROGRAM, ['-c', config, 'start-fg'], { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const log = () => stderr + (existsSync(`${dir}/mail.log`) ? readFileSync(`${dir}/mail.log`, 'utf8') : '');
  const stop = () => void spawnSync(PROGRAM, ['-c', config, 'stop'], { stdio: 'ignore', timeout: 10_000 });
  process.once('exit', stop);
  await untilListening(port, () => child.exitCode !== null && `Postfix ended: ${log()}`);
  return {
    port,
    log,
    async close() {
      process.off('exit', stop);
      stop();
      await ended;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function ownerOf(user: string): number {
  const { stdout } = spawnSync('id', ['-u', user], { encoding: 'utf8' });
  return Number(stdout.trim());
}

/** A folder for an open mailbox; a file that has reached the limit for a full one. */
function fillMailboxes(dir: string, mailboxes: PostfixOptions['mailboxes']): void {
  chownSync(dir, NOBODY, NOBODY);
  for (const [address, state] of Object.entries(mailboxes)) {
    if (state === 'open') continue;
    const file = path.join(dir, address);
    writeFileSync(file, `From nobody Mon Jan  1 00:00:00 2024\n\n${'x'.repeat(MAILBOX_LIMIT - 100)}\n`);
    chownSync(file, NOBODY, NOBODY);
  }
}

function mainConfiguration(dir: string, { mailboxes, routes, refused }: PostfixOptions, refusingPort: number): string {
  const domains = [...new Set(Object.keys(mailboxes).map((address) => address.slice(address.indexOf('@') + 1)))];
  const boxes = Object.entries(mailboxes).map(
    ([address, state]) => `${address}=${address}${state === 'open' ? '/' : ''}`,
  );
  const ways = [...Object.entries(routes), ...refused.map((domain) => [domain, refusingPort] as const)];
  const transports = ways.map(([domain, port]) => `${domain}=smtp:[127.0.0.1]:${port}`);
  return `
compatibility_level = 3.6
config_directory = ${dir}/etc
queue_directory = ${dir}/queue
data_directory = ${dir}/data
maillog_file = ${dir}/mail.log
maillog_file_prefixes = ${dir}
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = relay.postfix.test
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
local_recipient_maps =
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_reject_unlisted_recipient = no
smtp_host_lookup = native
disable_dns_lookups = yes
transport_maps = inline:{${transports.join(', ')}}
virtual_mailbox_domains = ${domains.join(', ')}
virtual_mailbox_maps = inline:{${boxes.join(', ')}}
virtual_mailbox_base = ${dir}/mail
virtual_uid_maps = static:${NOBODY}
virtual_gid_maps = static:${NOBODY}
virtual_mailbox_limit = ${MAILBOX_LIMIT}
message_size_limit = ${MAILBOX_LIMIT - 1}
delay_warning_time = 1s
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 2s
`;
}

function services(port: number, refusingPort: number): string {
  return `
127.0.0.1:${port} inet n - n - - smtpd
127.0.0.1:${refusingPort} inet n - n - - smtpd
  -o mynetworks=192.0.2.1/32
  -o smtpd_relay_restrictions=reject_unauth_destination
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`;
}
