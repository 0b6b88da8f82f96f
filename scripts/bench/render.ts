import Handlebars from 'handlebars';
import MailComposer from 'nodemailer/lib/mail-composer';
import PostalMime from 'postal-mime';
import { renderSlice } from '../../libs/domain/delivery/src/render-slice.js';
import type { RenderedSlice } from '../../libs/domain/delivery/src/render-slice.js';
import type { RenderTask } from '../../libs/domain/delivery/src/render-task.js';
import { SOURCE, compiledContent, person } from './content.js';
import type { Person } from './content.js';
import { row } from './report.js';
import type { Benchmark, Result } from './report.js';

const WORKSPACE = { name: 'Skylark Books', postalAddress: '1 Harbour Road, Lisbon' };
const SLICE = 100;
/** As the render pool has it: the same block for one slice after the other. */
const BLOCK_OCTETS = 4 * 1024 * 1024;
/** Both sides in turns, so that a busy moment of the machine hits both. */
const ROUNDS = 5;

/** Content to finished MIME on one core, against MailComposer and Handlebars for each message. */
export const render: Benchmark = {
  summary: 'compiled content to finished MIME, one core, against MailComposer + Handlebars per message',
  options: { messages: 100_000, reference: 5_000 },
  run: async ({ messages = 0, reference = 0 }) => {
    const started = performance.now();
    const content = await compiledContent();
    const compileMs = performance.now() - started;
    const task = taskOf(content);
    const compose = composer();
    const block = new SharedArrayBuffer(BLOCK_OCTETS);
    renderSlice(task(0, SLICE), block);
    for (let n = 0; n < 100; n += 1) await compose(person(n), n);

    const ours: number[] = [];
    const theirs: number[] = [];
    let bytes = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const from = (round * messages) / ROUNDS;
      ours.push(
        await perSecond(messages / ROUNDS, async () => {
          for (let n = 0; n < messages / ROUNDS; n += SLICE) {
            bytes += renderSlice(task(from + n, SLICE), block).bytes.length;
          }
        }),
      );
      theirs.push(
        await perSecond(reference / ROUNDS, async () => {
          for (let n = 0; n < reference / ROUNDS; n += 1) await compose(person(n), n);
        }),
      );
    }
    const [mine, other] = [median(ours), median(theirs)];
    return {
      checks: [
        await saysTheSame(task, compose),
        { name: 'size', ok: true, detail: `${Math.round(bytes / messages)} octets a message` },
      ],
      rows: [
        row('finished messages', '1/s', [mine, other, mine / other], [10, 40]),
        row('compiling the content once', 'ms', [compileMs, null, null]),
      ],
    } satisfies Result;
  },
};

function taskOf(content: RenderTask['content']) {
  return (from: number, count: number): RenderTask => ({
    contentKey: 'bench',
    accountKey: 'bench',
    content,
    campaign: { id: '7', name: 'Autumn', workspaceId: '3' },
    workspace: WORKSPACE,
    from: { name: 'Skylark Books', address: 'news@skylark.bench.example' },
    replyTo: null,
    attachments: [],
    trackOpens: true,
    readReceipts: false,
    trackingUrl: 'https://track.skylark.bench.example',
    account: { returnPath: 'verp', returnPathDomain: 'bounces.bench.example', returnPathAddress: null, keys: [] },
    tokenKeys: { current: 1, keys: new Map([[1, Buffer.alloc(32, 1)]]) },
    nowMs: Date.UTC(2026, 10, 22),
    recipients: Array.from({ length: count }, (_, n) => ({ seq: from + n + 1, ...person(from + n) })),
  });
}

type Compose = (who: Person, n: number) => Promise<Buffer>;

/** How a program with nodemailer and Handlebars makes the same mail: templates compiled once, the rest per message. */
function composer(): Compose {
  const engine = Handlebars.create();
  engine.registerHelper('default', (value: unknown, otherwise: unknown) => value || otherwise);
  const subject = engine.compile(SOURCE.subject, { noEscape: true });
  const html = engine.compile(SOURCE.html);
  const text = engine.compile(SOURCE.text, { noEscape: true });
  return (who, n) => {
    const data = { ...who, workspace: WORKSPACE, unsubscribeUrl: `https://track.skylark.bench.example/u/${n}` };
    return new MailComposer({
      from: { name: 'Skylark Books', address: 'news@skylark.bench.example' },
      to: { name: who.name, address: who.email },
      subject: subject(data),
      html: html(data),
      text: text(data),
      messageId: `<${n}@skylark.bench.example>`,
      list: { unsubscribe: { url: data.unsubscribeUrl } },
    })
      .compile()
      .build();
  };
}

/** Both mails, read by a mail reader, say the same to ten people. */
async function saysTheSame(
  task: (from: number, count: number) => RenderTask,
  compose: Compose,
): Promise<Result['checks'][number]> {
  const slice = renderSlice(task(0, 10));
  for (let n = 0; n < 10; n += 1) {
    const [mine, other] = await Promise.all([
      PostalMime.parse(messageAt(slice, n)),
      PostalMime.parse(await compose(person(n), n)),
    ]);
    const words = (text = '') =>
      text
        .replace(/https:\/\/\S+/g, 'URL')
        .replace(/\s+/g, ' ')
        .trim();
    if (mine.subject !== other.subject || words(mine.text) !== words(other.text)) {
      return { name: 'says the same as the reference', ok: false, detail: `not to recipient ${n}` };
    }
  }
  return { name: 'says the same as the reference', ok: true, detail: 'subject and text of 10 recipients' };
}

function messageAt({ bytes, messages }: RenderedSlice, index: number): Uint8Array {
  const message = messages[index];
  if (!message?.ok) throw new Error(`not rendered: ${message?.reason ?? index}`);
  return bytes.subarray(message.start, message.end);
}

async function perSecond(count: number, work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (count * 1000) / (performance.now() - started);
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
