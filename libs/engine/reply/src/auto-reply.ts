/** Machines that answer: RFC 3834, vendors' headers, subjects and the bare Chinese forms without any marker. */

export interface AutoReplyInput {
  /** First value of a header by lower-case name, or null. */
  header: (name: string) => string | null;
  /** Decoded subject. */
  subject: string;
  /** Plain text of the body. */
  text: string;
}

const SUBJECTS: { id: string; pattern: RegExp }[] = [
  // Automatic reply: Nyaan / Auto-Reply: x / Autoreply
  {
    id: 'en-automatic',
    pattern:
      /^(?:\[.{1,30}\] ?)?(?:automatic(?:ally generated)?|auto)[- ]?(?:reply|response|respond|answer|generated reply|ack)/i,
  },
  // Out of Office: Re: March news / OOO: x
  {
    id: 'en-away',
    pattern:
      /^(?:out[- ]of[- ](?:the[- ])?office|ooo\b|away from (?:the|my) (?:office|desk|mail)|on (?:vacation|leave|holiday)|vacation (?:reply|message|response)|i(?:'m| am) (?:away|out of))/i,
  },
  // Away until May 5
  { id: 'en-away-until', pattern: /^away (?:until|till|from)\b/i },
  // 自动回复: 三月新闻 / 自动答复：/ 【自动回复】
  {
    id: 'zh',
    pattern:
      /^[【[（(]?\s?(?:自动回复|自动答复|自動回覆|自動回復|自動答覆|自动应答|自动回信|假期自动回复|外出自动回复)/,
  },
  // 自動返信: / 不在通知
  { id: 'ja', pattern: /^(?:自動(?:返信|応答)|不在(?:通知|応答)|不在のお知らせ|【自動)/ },
  // 자동 회신: / 부재중
  { id: 'ko', pattern: /^(?:자동 ?(?:회신|응답)|부재 ?중)/ },
  // Automatische Antwort: / Abwesenheitsnotiz / AW: not
  { id: 'de', pattern: /^(?:automatische (?:antwort|r[uü]ckantwort)|abwesenheit|abwesend|autoantwort)/i },
  { id: 'fr', pattern: /^(?:r[eé]ponse (?:automatique|auto)|absence|absent du bureau|message d'absence)/i },
  { id: 'es', pattern: /^(?:respuesta autom[aá]tica|fuera de (?:la )?oficina|ausente|auto ?respuesta)/i },
  { id: 'pt', pattern: /^(?:resposta autom[aá]tica|fora do escrit[oó]rio|aus[eê]ncia)/i },
  { id: 'it', pattern: /^(?:risposta automatica|fuori (?:sede|ufficio)|assenza)/i },
  { id: 'nl', pattern: /^(?:automatisch antwoord|afwezig|niet aanwezig|automatische (?:e-?mail)?reactie)/i },
  { id: 'nordic', pattern: /^(?:autosvar|automatiskt? svar|automaattinen vastaus|poissaolo|frånvaro|fravær)/i },
  {
    id: 'slavic',
    pattern:
      /^(?:автоответ|автоматический ответ|odpowied[zź] automatyczna|automatick[aá] odpov|auto(?:mat)?sk[iy] odgovor|nieobecno)/i,
  },
  { id: 'tr', pattern: /^(?:otomatik (?:yan[iı]t|cevap)|ofis d[iı][sş][iı]nda)/i },
];

const TEXTS: { id: string; pattern: RegExp }[] = [
  // 这是来自QQ邮箱的假期自动回复邮件。
  { id: 'qq', pattern: /这是来自QQ邮箱的(?:假期)?自动回复邮件/ },
  // 【自动回复】您好，我已收到您的来信
  { id: 'zh-mark', pattern: /^\s{0,20}[【[（(]\s?(?:自动回复|自動回覆|自动答复|系统自动回复)\s?[】\])）]/ },
  // 这是一封自动回复邮件 / 本邮件为系统自动回复
  {
    id: 'zh-system',
    pattern:
      /(?:这是|此为|本邮件[为是]|此邮件[为是]|该邮件[为是])(?:一封)?(?:系统)?(?:的)?自动(?:回复|答复|发送的?回复)/,
  },
  // I am out of the office until 5 May
  {
    id: 'en-out',
    pattern:
      /^.{0,80}\b(?:i am|i'm|i will be|i'll be) (?:currently |now |presently )?(?:out of (?:the )?office|on (?:annual |maternity |paternity |sick |parental )?(?:leave|vacation|holiday)|away (?:from (?:the|my) (?:office|desk))?(?:until|from|returning|on))/is,
  },
  // Thank you for your message. This is an automated response.
  {
    id: 'en-automated',
    pattern:
      /\b(?:this is an? (?:automated|automatic|auto[- ]?generated) (?:reply|response|answer|message|e-?mail)|automated (?:reply|response) from)\b/i,
  },
];

/** `您的来信已收到` with nothing else: short mail whose only sentence is the receipt. */
const BARE_RECEIPT =
  /^(?:您好|你好|尊敬的客户|亲)?[，,！!。:：\s]{0,4}(?:您的?|你的?|贵司)?(?:来信|邮件|来函|信件|email)(?:我们?)?(?:已经?|均已)?(?:收到|收悉|查收|阅)/i;

/** Which rule says that a machine answered, or null. Headers beat subjects, subjects beat words of the body. */
export function detectAutoReply(input: AutoReplyInput): string | null {
  const byHeader = autoReplyHeader(input.header);
  if (byHeader) return `auto-reply.header.${byHeader}`;
  const subject = input.subject.slice(0, 300).trim();
  for (const { id, pattern } of SUBJECTS) if (pattern.test(subject)) return `auto-reply.subject.${id}`;
  const top = input.text.slice(0, 1_500).trim();
  for (const { id, pattern } of TEXTS)
    if (pattern.test(top) && !isAnswerOfPerson(subject, id)) return `auto-reply.text.${id}`;
  if (top.length <= 120 && BARE_RECEIPT.test(top) && !isReplySubject(subject)) return 'auto-reply.text.zh-receipt';
  return null;
}

/** A person may answer `Re: …` with "I am on leave until Monday, then yes": only unmistakable words count there. */
function isAnswerOfPerson(subject: string, id: string): boolean {
  return isReplySubject(subject) && (id === 'en-out' || id === 'en-automated');
}

function isReplySubject(subject: string): boolean {
  return /^(?:re|aw|antw|sv|vs|回复|答复|回覆|答覆|转发|fwd?|fw)\s?[:：]/i.test(subject);
}

/** Headers that only auto-responders set. `auto-generated` is not an answer (RFC 3834 section 5). */
function autoReplyHeader(header: AutoReplyInput['header']): string | null {
  const submitted = (header('auto-submitted') ?? '').toLowerCase();
  if (/^auto-(?:replied|notified; ?owner)/.test(submitted)) return 'auto-submitted';
  if (/auto[-_]?(?:reply|respond|response)/i.test(header('precedence') ?? '')) return 'precedence';
  const present = [
    'x-autoreply',
    'x-autorespond',
    'x-autoresponder',
    'x-autoreply-from',
    'x-mail-autoreply',
    'x-auto-reply',
    'x-autogenerated-reply',
    'x-vacation',
    'x-ebay-mailtracker-autoreply',
    'x-cmail-autoreply',
  ];
  for (const name of present) {
    const value = header(name);
    if (value !== null && !/^(?:no|false|0)\b/i.test(value)) return name;
  }
  if (/^(?:reply|vacation)/i.test(header('x-autogenerated') ?? '')) return 'x-autogenerated';
  if (/vacation|autoreply|autorespond/i.test(header('x-mailer') ?? '')) return 'x-mailer';
  if (/oof/i.test(header('x-ms-exchange-generated-message-source') ?? '')) return 'exchange-oof';
  return null;
}

/** Which rule says that a machine wrote this without answering (newsletters, system mail), or null. */
export function detectAutoGenerated(header: AutoReplyInput['header']): string | null {
  const submitted = (header('auto-submitted') ?? '').toLowerCase().trim();
  if (submitted !== '' && !submitted.startsWith('no')) return 'auto-generated.auto-submitted';
  if (/^\s?(?:bulk|list|junk)/i.test(header('precedence') ?? '')) return 'auto-generated.precedence';
  if (header('list-id') !== null || header('list-unsubscribe') !== null) return 'auto-generated.list';
  if (header('feedback-id') !== null || header('x-auto-response-suppress') !== null) return 'auto-generated.vendor';
  return null;
}
