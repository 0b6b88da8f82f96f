/** Which addresses a free-form report says could not be reached, and what it says about each. */
import { tidyAddress } from '../address.js';

interface NamedRecipient {
  address: string;
  /** The words about it: rest of the line and the lines below up to the next recipient. */
  about: string;
}

/** Loose on purpose, but full-width punctuation ends it: `（lilei@163.com）不存在`. */
const ADDRESS = String.raw`((?:"[^"\s]{1,100}"|[^\s<>()[\],;:"@\u3000-\u303f\uff00-\uffef\u201c\u201d]{1,128})@[^\s<>()[\],;:"@\u3000-\u303f\uff00-\uffef\u201c\u201d]{1,255})`;

/** Where Chinese words stand right before and behind it: 您发送给13800138000@139.com的邮件. */
const ASCII_ADDRESS = String.raw`([\w.+=-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5})`;

/** Line forms, most particular first; the sample stands above each. The first group is the address. */
const FORMS: RegExp[] = [
  // <kijitora@example.org>:   <ttttt@ggggg.com>: Command died   <userx@example.com>: Requested action not taken
  new RegExp(String.raw`^\s{0,8}[*•-]?\s{0,3}<${ADDRESS}>\s?:`),
  // "shironeko@example.jp":
  new RegExp(String.raw`^\s{0,8}"${ADDRESS}"\s?:`),
  // mailboxfull@example.jp: 550 5.2.2 …   kijitora@neko.example.jp: Domain does not exist   kijitora@neko.example.co.jp:
  new RegExp(String.raw`^\s{0,8}[*•-]?\s{0,3}${ADDRESS}\s?:(?:\s|$)`),
  // <kijitora@neko2.example.co.jp>      (alone on its line)    * userx@example.com
  new RegExp(String.raw`^\s{0,12}[*•-]?\s{0,3}<?${ADDRESS}>?\.?\s{0,3}$`),
  // 550 <kijitora@example.org>... User unknown     554 <kijitora@neko.example.org>... 550 Host unknown
  new RegExp(String.raw`^\s{0,4}[45]\d\d[ -](?:[45]\.\d{1,3}\.\d{1,3} )?<${ADDRESS}>\.\.\.`),
  // kijitora@neko.nyaan.example.com ... unknown host
  new RegExp(String.raw`^\s{0,8}<?${ADDRESS}>?\s{0,2}\.\.\.\s`),
  // kijitora@example.jp on Thu, 29 Apr 2010 00:00:00 -0000   c=US;a= ;p=IKON;dda:SMTP=userx@example.COM; on Fri
  new RegExp(String.raw`^\s{0,8}(?:[^\n@]{0,120}smtp=)?${ADDRESS};? on (?:mon|tue|wed|thu|fri|sat|sun|\d)`, 'i'),
  // kijitora@example.onmicrosoft.com<mailto:kijitora@example.onmicrosoft.com>
  new RegExp(String.raw`^\s{0,8}${ADDRESS}\s?<mailto:`, 'i'),
  // <userx@example.jp> (failed: Bad destination mailbox address)
  new RegExp(String.raw`^\s{0,8}<${ADDRESS}>\s?\((?:failed|delayed|reason)`, 'i'),
  // There was an error delivering your mail to <neko@nyaan.jp>.   Unable to deliver message to <userx@example.be>
  new RegExp(
    String.raw`\b(?:deliver(?:ing|ed)?|send(?:ing)?) (?:your |the |this )?(?:mail|message|e-?mail) to:? <?${ADDRESS}>?`,
    'i',
  ),
  // SMTP Server <smtpd.libsisimai.org> rejected recipient <kijitora@libsisimai.org>
  new RegExp(String.raw`\brejected (?:the )?recipient:? <?${ADDRESS}>?`, 'i'),
  // Unknown user: after_another@example.net   Invalid final delivery userid: userx@example.ac.jp
  new RegExp(
    String.raw`^\s{0,8}(?:unknown user|invalid (?:final delivery )?(?:user(?:id)?|address)|bad address|failed recipient|error-for|undeliverable to|mailbox (?:full|unavailable))\s?:\s{0,4}<?${ADDRESS}`,
    'i',
  ),
  // Recipient: <kijitora-neko@hotmail.com>    Final-Recipient: rfc822; a@b    RCPT TO: 000000000000@vtext.example.com
  new RegExp(
    String.raw`^\s{0,8}(?:>>> ?|sent <<< ?|in:\s{0,4})?(?:recipients?(?: address)?|rcpt to|final-recipient|original-recipient|failed address)\s?:\s{0,4}(?:rfc822\s?;\s?|\[smtp:)?<?${ADDRESS}`,
    'i',
  ),
  // (generated from userx@example.com)  — only where the address above is hidden
  new RegExp(String.raw`\(generated from <?${ADDRESS}>?\)`, 'i'),
  // Local mailbox userx@example.ru is unavailable: user not found
  new RegExp(String.raw`\bmailbox <?${ADDRESS}>? (?:is|was|has|does|could)\b`, 'i'),
  // Your message to userx@example.it has reached our local address
  new RegExp(String.raw`\byour (?:message|mail|e-?mail) to <?${ADDRESS}>?`, 'i'),
  // The address to which your message was addressed, user1@example.gov, did not exactly match
  new RegExp(String.raw`\bwas addressed, <?${ADDRESS}>?,`, 'i'),
  // Your message wasn't delivered to li@corp.example because the address couldn't be found
  new RegExp(
    String.raw`\b(?:(?:was|were|is|are|has|have) ?(?:not|n['’]t)|(?:could|can) ?(?:not|n['’]t)|cannot|can['’]t) (?:be |been )?delivered to:? <?${ADDRESS}>?`,
    'i',
  ),
  // 您发给 li@foo.example.cn 的邮件未能送达   您发送给13800138000@139.com的邮件投递失败   你发往 li@corp.example 的邮件无法送达
  new RegExp(
    String.raw`(?:发给|发送给|发往|发送到|发送至|寄给|寄往|投递给|投递到|投递至)[:：\s]{0,3}<?${ASCII_ADDRESS}>?`,
  ),
  // To: user@yahoo.com   (a report that only says which message it was)
  new RegExp(String.raw`^\s{0,8}to\s?:\s{0,4}<?${ADDRESS}>?\s{0,3}$`, 'i'),
  // 收件人 leader@smeoa.example   收件人邮件地址：zhangsan@qq.com   无法投递到 zhangsan@example.com
  new RegExp(
    String.raw`(?:收件人(?:邮件|邮箱|信箱)?(?:地址)?|收信人|目标地址|无法(?:发送|投递|送达)(?:到|至)?|以下(?:地址|收件人))[:：（(\s]{0,6}<?${ADDRESS}`,
  ),
];

/** Forms that name the recipient beyond doubt: other addresses in the text are advice. */
const EXCLUSIVE: RegExp[] = [
  // You are not a member of this mailing list <neko-nyaan@example.org>.
  new RegExp(String.raw`not a member of this mailing list <${ADDRESS}>`, 'i'),
];

/** `(generated from …)` and `mailbox … is` only speak where no plainer line did. */
const WEAK_FROM = 13;

const MAX_LINES = 2_000;
const MAX_FOUND = 500;
const MAX_ABOUT = 2_000;

/**
 * Recipients named in the head of a report, in order, without doubles.
 * @param ours addresses that cannot be the failed one: the bounce's own sender and recipient
 */
export function namedRecipients(head: string, ours: Set<string>): NamedRecipient[] {
  const lines = head.split('\n', MAX_LINES);
  const exclusive = collect(lines, EXCLUSIVE, ours);
  if (exclusive.length > 0) return exclusive;
  const strong = collect(lines, FORMS.slice(0, WEAK_FROM), ours);
  return strong.length > 0 ? strong : collect(lines, FORMS.slice(WEAK_FROM), ours);
}

function collect(lines: string[], forms: RegExp[], ours: Set<string>): NamedRecipient[] {
  const found: { address: string; line: number; rest: string }[] = [];
  const seen = new Map<string, number>();
  for (const [index, line] of lines.entries()) {
    if (!line.includes('@') || found.length >= MAX_FOUND) continue;
    const hit = match(line.slice(0, 600), forms);
    if (!hit || ours.has(hit.address.toLowerCase())) continue;
    const known = seen.get(hit.address.toLowerCase());
    if (known !== undefined) continue;
    seen.set(hit.address.toLowerCase(), found.length);
    found.push({ address: hit.address, line: index, rest: hit.rest });
  }
  return found.map(({ address, line, rest }, n) => ({ address, about: about(lines, line, rest, found[n + 1]?.line) }));
}

function match(line: string, forms: RegExp[]): { address: string; rest: string } | null {
  for (const form of forms) {
    const hit = form.exec(line);
    const address = hit ? tidyAddress(hit[1]!) : null;
    if (hit && address) return { address, rest: line.slice(hit.index + hit[0].length) };
  }
  return null;
}

/** Rest of the line and what follows, up to the next recipient; a blank line ends it once something was said. */
function about(lines: string[], line: number, rest: string, next: number | undefined): string {
  const said = [rest.trim()];
  let length = rest.length;
  for (let i = line + 1; i < lines.length && i !== next && length < MAX_ABOUT; i++) {
    const text = lines[i]!.trim();
    if (text === '' && next !== undefined && said.some((part) => part !== '')) break;
    said.push(text);
    length += text.length;
  }
  return said.join('\n').trim().slice(0, MAX_ABOUT);
}
