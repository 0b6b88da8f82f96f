import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerAddress, SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import { summarizeHeaders } from './header-summary.js';
import type { LogHeader } from './log-record.js';
import type { MessageLog } from './message-log.js';
import type { ResolvedOptions } from './options.js';

const SIZE_LIMIT = 30 * 1024 * 1024;

/** A negative SMTP reply; several lines make a multi-line reply. */
export interface Refusal {
  code: number;
  lines: string[];
  /** For the log: `refuse`, `greylist`, `block`, `limit:messagesPerMinute`. */
  because: string;
}

/** What the SMTP front asks of the simulated recipients. */
export interface Recipients {
  /** Answer to RCPT TO: a refusal, or undefined to take the recipient. */
  judge(session: string, from: string, to: string): Refusal | undefined;
  /** What each recipient will do, for the log: `hard-bounce`, `open+click`, `none`. */
  describe(to: string): string;
  /** Called once a message is written; resolves when the final reply may be sent. */
  taken(record: LogHeader): Promise<void>;
  /** The SMTP session ended. */
  gone(session: string): void;
}

type Callback = (error?: Error | null, message?: string) => void;

/** Starts the SMTP listener. A message gets its 250 only after the log has it. */
export async function listenSmtp(
  options: ResolvedOptions,
  log: MessageLog,
  recipients: Recipients,
): Promise<{ port: number; close(): Promise<void> }> {
  const server = new SMTPServer({
    name: 'sandbox.test',
    banner: 'Hongyan sandbox mail server',
    size: SIZE_LIMIT,
    maxClients: 500,
    maxRecipients: 1000,
    authOptional: true,
    authMethods: ['PLAIN', 'LOGIN', 'CRAM-MD5', 'XOAUTH2'],
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    socketTimeout: 300_000,
    closeTimeout: 500,
    logger: false,
    onAuth: (auth, _session, done) => done(null, { user: auth.username || 'anonymous' }),
    onRcptTo: (address, session, done) => void takeRecipient(log, recipients, address, session).then(done, done),
    onData: (stream, session, done) => receive(stream, session, log, recipients, done),
    onClose: (session) => recipients.gone(session.id),
  });
  server.on('error', (error: Error) => options.logger.warn({ err: error }, 'SMTP connection failed'));
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(options.smtpPort, options.host, resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  return { port, close: () => new Promise((resolve) => server.close(resolve)) };
}

async function takeRecipient(
  log: MessageLog,
  recipients: Recipients,
  { address }: SMTPServerAddress,
  session: SMTPServerSession,
): Promise<Error | undefined> {
  const envelopeFrom = sender(session);
  const refusal = recipients.judge(session.id, envelopeFrom, address);
  if (!refusal) return undefined;
  const reply = `${refusal.code} ${refusal.lines.join(' ')}`;
  const record = { from: '', subject: '', messageId: '', simulated: [refusal.because], reply };
  await log.append({ kind: 'refused', envelopeFrom, to: [address], ...record }, Buffer.alloc(0));
  return smtpError(refusal);
}

function receive(
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
  log: MessageLog,
  recipients: Recipients,
  done: Callback,
): void {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => {
    if (!stream.sizeExceeded) chunks.push(chunk);
    else chunks.length = 0;
  });
  stream.on('end', () => {
    if (stream.sizeExceeded) return done(smtpError({ code: 552, lines: ['5.3.4 Message exceeds 30 MB'] }));
    store(Buffer.concat(chunks), session, log, recipients).then(
      (id) => done(null, `2.0.0 Ok: logged as ${id}`),
      () => done(smtpError({ code: 452, lines: ['4.3.1 The message log cannot be written'] })),
    );
  });
}

async function store(
  raw: Buffer,
  session: SMTPServerSession,
  log: MessageLog,
  recipients: Recipients,
): Promise<string> {
  const to = session.envelope.rcptTo.map(({ address }) => address);
  const simulated = to.map((address) => recipients.describe(address));
  const summary = summarizeHeaders(raw);
  const record = await log.append({ kind: 'message', envelopeFrom: sender(session), to, ...summary, simulated }, raw);
  await recipients.taken(record);
  return record.id;
}

function sender(session: SMTPServerSession): string {
  return session.envelope.mailFrom ? session.envelope.mailFrom.address : '';
}

/** smtp-server answers with the error's message, and writes an array as a multi-line reply. */
function smtpError({ code, lines }: Pick<Refusal, 'code' | 'lines'>): Error {
  const message = lines.length > 1 ? lines : lines[0];
  return Object.assign(new Error(lines[0]), { responseCode: code, message });
}
