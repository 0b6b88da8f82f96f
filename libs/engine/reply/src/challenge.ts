/** Challenge-response systems: they ask the sender to prove that he is human. Never answered, never a reply. */

const CHALLENGES: { id: string; pattern: RegExp }[] = [
  // Please confirm your message  (TMDA, ASK)
  {
    id: 'confirm-subject',
    pattern:
      /^(?:please confirm (?:your|this) (?:message|e-?mail)|confirm(?:ation)? (?:required|needed) (?:for|to)|your (?:e-?mail|message) requires (?:verification|confirmation|approval))/i,
  },
  // Your email requires verification verify#a1b2c3
  { id: 'verify-token', pattern: /verify#[\w-]{6,}/i },
  // [Boxbe] / Spam Arrest / Earthlink spamBlocker / MailFrontier
  {
    id: 'product',
    pattern: /\b(?:boxbe|spam ?arrest|spamblocker|sendio|choicemail|mailwasher challenge|vanquish|qconfirm|tmda)\b/i,
  },
  // 您的邮件需要验证 / 请点击链接确认您不是垃圾邮件发送者
  {
    id: 'zh',
    pattern:
      /(?:您的邮件需要(?:验证|确认)|反垃圾邮件.{0,20}(?:验证|确认)|点击.{0,20}(?:确认|证明)您?不是(?:垃圾|机器))/,
  },
];
const TEXT =
  /(?:this (?:message|e-?mail) (?:has been|was|is being) (?:held|quarantined).{0,200}(?:confirm|verify|reply to this)|(?:to (?:release|deliver) your (?:message|e-?mail)|to complete delivery).{0,200}(?:click|reply|visit)|(?:i|we) (?:use|am using|are using) (?:a |an )?(?:challenge|spam (?:protection|filter) service that requires).{0,120}|one[- ]time (?:verification|confirmation) (?:step|request))/is;

/** Id of the rule, or null. `text` is looked at for 2,000 characters. */
export function detectChallenge(subject: string, from: string, text: string): string | null {
  const head = `${subject.slice(0, 300)}\n${from.slice(0, 200)}`;
  const top = text.slice(0, 2_000);
  for (const { id, pattern } of CHALLENGES) {
    if (
      pattern.test(subject.slice(0, 300)) ||
      (id === 'product' && pattern.test(head) && /confirm|verif|approve|allow/i.test(top))
    ) {
      return `challenge.${id}`;
    }
  }
  return TEXT.test(top) ? 'challenge.text' : null;
}
