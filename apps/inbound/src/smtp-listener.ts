import { SMTPServer } from 'smtp-server';
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import type { Logger } from '#platform/logging';

const MAX_BYTES = 30 * 1024 * 1024;
const MAX_RECIPIENTS = 50;

/** Stores a mail; resolves when it is committed. */
export type StoreMail = (
  raw: Buffer,
  session: { recipients: string[]; sender: string | null; remote: string },
) => Promise<void>;

/**
 * The inbound SMTP listener: bounces, complaints and replies for the domains that point here. 250 after the final dot
 * means stored and committed, nothing less.
 */
export function startSmtpListener(options: {
  host: string;
  port: number;
  store: StoreMail;
  log: Logger;
}): Promise<{ close(): Promise<void> }> {
  const { store, log } = options;
  const server = new SMTPServer({
    banner: 'Hongyan inbound',
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: MAX_BYTES,
    maxClients: 100,
    socketTimeout: 60_000,
    closeTimeout: 5_000,
    disableReverseLookup: true,
    onRcptTo(_address, session, callback) {
      if (session.envelope.rcptTo.length >= MAX_RECIPIENTS) return callback(replyError(452, 'Too many recipients'));
      callback();
    },
    onData(stream, session, callback) {
      receive(stream, session, store).then(
        (refusal) => callback(refusal ?? undefined, refusal ? undefined : 'stored'),
        (error: unknown) => {
          log.error({ err: error }, 'inbound mail not stored');
          callback(replyError(451, 'Not stored, try again later'));
        },
      );
    },
  });
  server.on('error', (error) => log.warn({ err: error }, 'inbound SMTP'));
  return new Promise((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(options.port, options.host, () =>
      resolve({ close: () => new Promise((closed) => server.close(() => closed())) }),
    );
  });
}

async function receive(
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
  store: StoreMail,
): Promise<Error | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BYTES) chunks.push(chunk);
  }
  if (size > MAX_BYTES) return replyError(552, 'Message too large');
  const { mailFrom, rcptTo } = session.envelope;
  await store(Buffer.concat(chunks), {
    recipients: rcptTo.map((recipient) => recipient.address),
    sender: mailFrom ? mailFrom.address || null : null,
    remote: session.remoteAddress,
  });
  return null;
}

function replyError(code: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode: code });
}
