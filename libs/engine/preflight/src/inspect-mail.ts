import type { Finding, InspectedMail } from './finding.js';
import { spamSignals } from './spam-signals.js';
import { suspiciousLinks } from './suspicious-links.js';

/** A mail that says less in words, while it has images, is an image to filters and nothing to who blocks images. */
const WORDS_MIN = 80;
const PIXEL = / width="1" height="1"/i;
/** Phones show about so many characters; a Chinese one is as wide as two. */
const SUBJECT_WIDE = 90;

/** Findings about a rendered sample of a mail. */
export function inspectMail(mail: InspectedMail): Finding[] {
  return [...imageOnly(mail), ...subjectLength(mail), ...spamSignals(mail), ...suspiciousLinks(mail.links)];
}

function imageOnly({ html }: InspectedMail): Finding[] {
  if (html === null) return [];
  // Decoration often has no size worth a look: only the count tells. The pixel that counts opens shows nothing.
  const images = (html.match(/<img\b[^<>]*>?/gi) ?? []).filter((image) => !PIXEL.test(image)).length;
  const width = wordsOf(html).replace(/\s+/g, '').length;
  if (images === 0 || width >= WORDS_MIN) return [];
  const message = 'The mail is nearly all image: where images are off it says nothing, and filters distrust it.';
  return [
    { code: 'IMAGE_ONLY', severity: 'warning', property: 'content.html', message, params: { characters: width } },
  ];
}

/** Elements whose content is not shown. */
const UNSHOWN = /<(style|script|title|head)[\s>]/iy;

/** What stands in the mail as text; one pass, whatever is left open. */
function wordsOf(html: string): string {
  const lower = html.toLowerCase();
  let words = '';
  let at = 0;
  for (;;) {
    const open = html.indexOf('<', at);
    words += `${html.slice(at, open < 0 ? undefined : open)} `;
    if (open < 0) break;
    UNSHOWN.lastIndex = open;
    const element = UNSHOWN.exec(html)?.[1];
    const close = element ? `</${element.toLowerCase()}` : html.startsWith('<!--', open) ? '-->' : '>';
    const end = lower.indexOf(close, open);
    if (end < 0) break;
    at = element ? end : end + close.length;
  }
  return words.replace(/&(?:nbsp|zwnj|#8199|#847|shy);|[\u00a0\u200b-\u200f\u034f\u2007\u00ad]/g, ' ');
}

function subjectLength({ subject }: InspectedMail): Finding[] {
  const width = [...subject].reduce((sum, letter) => sum + (/[\u1100-\uffdc]/.test(letter) ? 2 : 1), 0);
  if (width <= SUBJECT_WIDE) return [];
  const message = 'The subject is so long that most inboxes cut it off.';
  return [{ code: 'SUBJECT_LONG', severity: 'warning', property: 'content.subject', message, params: { width } }];
}
