import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { addresses, expectExact, importContacts, startCampaign, untilStatus } from '../support/campaigns.js';
import { setScene } from '../support/scene.js';
import { until } from '../support/until.js';

const RECIPIENTS = 450;
const CONNECTIONS = 5;

const scene = setScene({ replyDelayMs: 5, account: { connections: CONNECTIONS } });
let journals: string;
beforeAll(async () => {
  const { product } = scene;
  journals = path.join(product.dataDir, 'senders', '1');
  product.signal('SIGTERM');
  await product.ended();
  await mkdir(journals, { recursive: true });
});

const isRoot = process.getuid?.() === 0;
const mount = (options: string) => execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'none', journals]);

/** A disk of 16 kB as root; as anybody else a folder in which no file can be made: both take no more of a journal. */
async function fillDisk(): Promise<void> {
  if (isRoot) mount('size=16k,mode=755');
  else await chmod(journals, 0o555);
}

async function makeRoom(): Promise<void> {
  if (isRoot) mount('remount,size=8m');
  else await chmod(journals, 0o755);
}

async function takeDiskAway(): Promise<void> {
  const { product } = scene;
  product.signal('SIGTERM');
  await product.ended();
  if (isRoot) execFileSync('umount', [journals]);
}

it('a journal that the disk does not take stops the sending; with room again everybody gets one message', async () => {
  const { product, api, sink } = scene;
  await fillDisk();
  try {
    await product.restart();
    const campaign = await startCampaign(api, await importContacts(api, addresses(RECIPIENTS)));
    const log = path.join(product.dataDir, 'logs', 'sender-1.log');
    await until(async () => /ENOSPC|EACCES|bytes of a line were taken/.test(await readFile(log, 'utf8')), {
      what: 'the full disk to be told',
      detail: () => product.output(),
    });
    expect(sink.messages().length).toBeLessThan(RECIPIENTS);
    await makeRoom();
    await untilStatus(product, api, campaign, 'sent');
    const counts = await expectExact(product, api, campaign, sink);
    expect((counts.accepted ?? 0) + (counts.uncertain ?? 0)).toBe(RECIPIENTS);
    expect(counts.uncertain ?? 0).toBeLessThanOrEqual(CONNECTIONS);
  } finally {
    await takeDiskAway();
  }
});
