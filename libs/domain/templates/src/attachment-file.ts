import { DomainError, tooLarge } from '#contracts';

/** Bytes of one attachment. */
export const ATTACHMENT_MAX = 10 * 1024 * 1024;

interface AllowedType {
  contentType: string;
  /** Whether the bytes are what the name says. */
  matches: (bytes: Buffer) => boolean;
}

const startsWith = (...starts: (string | number[])[]) => {
  const heads = starts.map((start) => Buffer.from(start as string, 'latin1'));
  return (bytes: Buffer) => heads.some((head) => bytes.subarray(0, head.length).equals(head));
};
const isText = (bytes: Buffer) => !bytes.subarray(0, 8_192).includes(0) && !startsWith('#!')(bytes);
const isZip = startsWith('PK\u0003\u0004');
const isPdf = (bytes: Buffer) => bytes.subarray(0, 1_024).includes('%PDF-');
const isWebp = (bytes: Buffer) => startsWith('RIFF')(bytes) && bytes.subarray(8, 12).toString('latin1') === 'WEBP';

/** What may travel with a mail, by the name's ending; anything else is refused, whatever it is. */
const ALLOWED: Record<string, AllowedType> = {
  pdf: { contentType: 'application/pdf', matches: isPdf },
  docx: office('wordprocessingml.document'),
  xlsx: office('spreadsheetml.sheet'),
  pptx: office('presentationml.presentation'),
  odt: { contentType: 'application/vnd.oasis.opendocument.text', matches: isZip },
  ods: { contentType: 'application/vnd.oasis.opendocument.spreadsheet', matches: isZip },
  odp: { contentType: 'application/vnd.oasis.opendocument.presentation', matches: isZip },
  png: { contentType: 'image/png', matches: startsWith('\u0089PNG\r\n\u001a\n') },
  jpg: { contentType: 'image/jpeg', matches: startsWith([0xff, 0xd8, 0xff] as never) },
  jpeg: { contentType: 'image/jpeg', matches: startsWith([0xff, 0xd8, 0xff] as never) },
  gif: { contentType: 'image/gif', matches: startsWith('GIF87a', 'GIF89a') },
  webp: { contentType: 'image/webp', matches: isWebp },
  txt: { contentType: 'text/plain', matches: isText },
  csv: { contentType: 'text/csv', matches: isText },
  ics: { contentType: 'text/calendar', matches: isText },
  vcf: { contentType: 'text/vcard', matches: isText },
};

/** Endings that mail servers refuse even in the middle of a name, such as `invoice.exe.pdf`. */
const EXECUTABLE =
  /\.(?:exe|com|scr|bat|cmd|msi|vbs?|vbe|jse?|wsf|wsh|ps1|lnk|hta|jar|cpl|dll|pif|reg|apk|app|sh)(?:\.|$)/i;

function office(kind: string): AllowedType {
  return { contentType: `application/vnd.openxmlformats-officedocument.${kind}`, matches: isZip };
}

/**
 * The content type of a file that may be attached, told by its name and held against its bytes.
 * @throws DomainError TOO_LARGE, UNSUPPORTED_MEDIA_TYPE at `file`
 */
export function readAttachment(name: string, bytes: Buffer): string {
  if (bytes.length > ATTACHMENT_MAX) throw attachmentTooLarge(name);
  const ending = /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const type = Object.hasOwn(ALLOWED, ending) ? ALLOWED[ending] : undefined;
  if (!type || EXECUTABLE.test(name)) {
    throw refused('ATTACHMENT_TYPE', name, `A file named ${name} can’t be attached.`);
  }
  if (!type.matches(bytes)) throw refused('ATTACHMENT_MISNAMED', name, `${name} is not what its name says.`);
  return type.contentType;
}

export function attachmentTooLarge(name = ''): DomainError {
  const help = 'Many mailboxes refuse more. Put it on your site and link to it.';
  const found = { property: 'file', code: 'ATTACHMENT_TOO_LARGE', params: { name } };
  return tooLarge(`The file ${name}`.trimEnd(), ATTACHMENT_MAX, help, found);
}

function refused(code: string, name: string, message: string): DomainError {
  const allowed = Object.keys(ALLOWED).join(', ');
  return new DomainError('UNSUPPORTED_MEDIA_TYPE', message, {
    property: 'file',
    errors: [{ property: 'file', code, message, params: { name, allowed } }],
    help: `Possible are: ${allowed}.`,
  });
}
