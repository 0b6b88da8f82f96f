import type { Email } from 'postal-mime';

/** What a reader of a message can fetch. */
export interface MessageLinks {
  /** Targets of `<a href>` in order; those of the text where there is no HTML. */
  links: string[];
  /** Links a person would follow: without unsubscribe links. */
  content: string[];
  /** Sources of `<img>`, tracking pixel included. */
  images: string[];
}

/** Targets of the List-Unsubscribe header (RFC 2369), `oneClick` where List-Unsubscribe-Post allows it (RFC 8058). */
export interface UnsubscribeTargets {
  url?: string;
  oneClick: boolean;
  mailto?: { address: string; subject: string; body: string };
}

const MAX_HTML = 1024 * 1024;
const MAX_LINKS = 100;
const TAG = /<(a|area|img)\s[^>]{0,4000}>/gi;
/** Ways out and to the preferences: who follows a link for what it says takes neither. */
const LEAVING = /unsubscribe|opt-?out|preferences|退订|取消订阅|订阅偏好/i;

/** Reads links and images from the decoded parts of a message. */
export function messageLinks(mail: Email): MessageLinks {
  const html = (mail.html ?? '').slice(0, MAX_HTML);
  const leave = unsubscribeTargets(mail).url;
  const found: MessageLinks = { links: [], content: [], images: [] };
  if (!html) {
    found.links = unique((mail.text ?? '').slice(0, MAX_HTML).match(/https?:\/\/[^\s<>"]{1,2000}/g) ?? []);
    found.content = found.links.filter((link) => link !== leave && !LEAVING.test(link));
    return found;
  }
  for (const match of html.matchAll(TAG)) {
    const isImage = match[1]!.toLowerCase() === 'img';
    const url = attribute(match[0], isImage ? 'src' : 'href');
    if (!url || !/^https?:\/\//i.test(url)) continue;
    if (isImage) found.images.push(url);
    else {
      found.links.push(url);
      const label = html.slice(match.index + match[0].length, match.index + match[0].length + 200).split('</a', 1)[0]!;
      if (url !== leave && !LEAVING.test(url) && !LEAVING.test(label)) found.content.push(url);
    }
  }
  return { links: unique(found.links), content: unique(found.content), images: unique(found.images) };
}

/** Parses List-Unsubscribe; anything malformed is left out. */
export function unsubscribeTargets(mail: Email): UnsubscribeTargets {
  const header = (key: string): string => mail.headers.find((field) => field.key === key)?.value ?? '';
  const targets = [
    ...header('list-unsubscribe')
      .slice(0, 4000)
      .matchAll(/<([^<>]{1,2000})>/g),
  ].map((match) => match[1]!.trim());
  const oneClick = /List-Unsubscribe=One-Click/i.test(header('list-unsubscribe-post'));
  const url = targets.find((target) => /^https?:\/\//i.test(target));
  const mailto = targets.find((target) => /^mailto:/i.test(target));
  return { oneClick, ...(url ? { url } : {}), ...(mailto ? { mailto: parseMailto(mailto) } : {}) };
}

function parseMailto(target: string): { address: string; subject: string; body: string } {
  const [address, query] = target.slice('mailto:'.length).split('?', 2);
  // In a mailto a plus is a plus, not a space (RFC 6068 section 5).
  const params = new URLSearchParams((query ?? '').replace(/\+/g, '%2B'));
  return { address: decode(address ?? ''), subject: params.get('subject') ?? '', body: params.get('body') ?? '' };
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function attribute(tag: string, name: string): string | undefined {
  const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(tag);
  return (match?.[1] ?? match?.[2] ?? match?.[3])?.replace(/&(?:amp|#38);/gi, '&').trim();
}

function unique(urls: string[]): string[] {
  return [...new Set(urls)].slice(0, MAX_LINKS);
}
