import PostalMime from 'postal-mime';
import type { Attachment } from 'postal-mime';
import type { LogHeader } from './log-record.js';

/** A record as lists show it; refusals also carry the reply they got. */
export function presentRecord(record: LogHeader): object {
  const { id, receivedAt, envelopeFrom, from, to, subject, size, messageId, simulated, reply } = record;
  return { id, receivedAt, envelopeFrom, from, to, subject, size, messageId, simulated, ...(reply ? { reply } : {}) };
}

/** A message as the web inbox shows it. HTML is as it came: the reader must sanitise or sandbox it. */
export async function presentMessage(record: LogHeader, raw: Buffer): Promise<object> {
  try {
    const mail = await PostalMime.parse(raw);
    const headers = mail.headers.map(({ originalKey, value }) => ({ name: originalKey, value }));
    const attachments = mail.attachments.map(describeAttachment);
    return { ...presentRecord(record), headers, html: mail.html ?? null, text: mail.text ?? null, attachments };
  } catch (error) {
    const parseError = error instanceof Error ? error.message : 'unknown';
    return { ...presentRecord(record), headers: [], html: null, text: null, attachments: [], parseError };
  }
}

function describeAttachment({ filename, mimeType, disposition, contentId, content }: Attachment): object {
  const size = typeof content === 'string' ? content.length : content.byteLength;
  return { filename, mimeType, disposition, contentId: contentId ?? null, size };
}
