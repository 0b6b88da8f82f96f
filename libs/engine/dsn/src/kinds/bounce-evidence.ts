/**
 * What makes a mail without a delivery-status part a bounce: who sent it, what its subject says, what its first lines
 * say. One of them is never enough: people forward and quote bounces.
 */
import type { Reading } from '../reading.js';

/** Local parts and names of programs that return mail. */
const SENDER =
  /\b(?:mailer[-_. ]?daemon|mail[-_. ]?daemon|post_?master|mail (?:delivery|administrator)|mail\.delivery\.system|delivery (?:subsystem|system)|system administrator|microsoft outlook|mdaemon|double-bounce|smtp[-_ ](?:server|gateway|mail)|e500_smtp|imss@|ndr@|bounce@|no-?reply@sns\.amazonaws|bounces?-?manager|mail system)/i;

interface Words {
  id: string;
  pattern: RegExp;
}

/** Subjects of returned mail, one language a line; the samples are the usual programs. */
const FAILURE_SUBJECTS: Words[] = [
  // Undelivered Mail Returned to Sender / Undeliverable: x / Undeliverable Mail
  { id: 'undeliverable', pattern: /^(?:[\w.-]{1,100} )?undeliver(?:able|ed)\b/ },
  // Mail delivery failed: returning message to sender / x.net Mail delivery failed : returning …
  {
    id: 'delivery-failed',
    pattern:
      /(?:mail|message|e-?mail)(?: could not be| not)? deliver(?:y|ed)(?: has)?(?: \w+)? ?(?:failed|failure|error|problem|unsuccessful|report|status|impossible)?|deliver(?:y|ed) (?:failed|failure|error|has failed|report|status notification|unsuccessful)/,
  },
  // failure notice / Failure Notice
  { id: 'failure-notice', pattern: /^failure (?:notice|delivery)|^failed (?:mail|delivery|message)|^mail failed/ },
  // Returned mail: Host unknown / Returned Mail - Error During Delivery / Mail System Error - Returned Mail
  {
    id: 'returned-mail',
    pattern: /returned (?:mail|e-?mail|message|to sender)|mail (?:system error|returned)|returning (?:mail|message)/,
  },
  // Your message to x could not be delivered.
  {
    id: 'could-not',
    pattern:
      /(?:could ?n[o']t|cannot|can't|unable to) (?:be )?deliver|error sending your|not delivered|non[- ]?delivery|non[- ]?remise|rejected (?:mail|message)|(?:message|mail) rejected|you .{1,80} are not member/,
  },
  // 系统退信 / 来自qq.com的退信 / 邮件传输失败！ / 投递失败 / 退信通知
  {
    id: 'zh',
    pattern:
      /退信|(?:传输|投递|发送|寄送|傳遞)(?:失败|失敗|不成功)|无法(?:投递|送达|发送)|未(?:能)?送达|寄件失敗|無法(?:傳遞|遞送|送達)/,
  },
  // 配信不能 / メールを配信できませんでした
  { id: 'ja', pattern: /配信(?:不能|できません|エラー|失敗)|送信(?:エラー|できません|失敗)|エラーメール|不達/ },
  // Unzustellbar: x / Zustellung fehlgeschlagen
  { id: 'de', pattern: /unzustellbar|zustell(?:ung|bar).{0,30}(?:fehl|nicht|unm)|nicht zugestellt/ },
  // Non remis : x / Échec de remise
  { id: 'fr', pattern: /non remis|[eé]chec (?:de la )?(?:remise|livraison|distribution|d'envoi)|message non distribu/ },
  // No se puede entregar: / Correo devuelto
  {
    id: 'es',
    pattern: /no se (?:puede|pudo|ha podido) entregar|no entregado|devuelto|entrega fallida|error de entrega/,
  },
  { id: 'it', pattern: /mancato recapito|impossibile recapitare|non recapitabile|consegna (?:fallita|non riuscita)/ },
  { id: 'pt', pattern: /n[aã]o (?:entregue|p[oô]de ser entregue)|falha (?:na|de) entrega|devolvid/ },
  { id: 'nl', pattern: /onbestelbaar|niet (?:bezorgd|afgeleverd)|kan niet worden bezorgd/ },
  // Ваше сообщение не доставлено
  { id: 'ru', pattern: /не (?:доставлено|может быть доставлено|удалось доставить)|недоставленн|ошибка доставки/ },
  { id: 'pl', pattern: /niedostarcz|nie (?:mo[zż]na|uda[lł]o si[eę]) dostarczy/ },
];

/** First words of returned mail. */
const FAILURE_TEXTS: Words[] = [
  // Hi. This is the qmail-send program at nq.example.jp. I'm afraid I wasn't able to deliver your message …
  {
    id: 'qmail',
    pattern:
      /i'm afraid i wasn't able to deliver|this is the (?:qmail-send|deliver) program|machine generated message from mail service/,
  },
  // This message was created automatically by mail delivery software. … address(es) failed:
  {
    id: 'exim',
    pattern:
      /created automatically by (?:mail delivery software|the smtp relay)|could not be delivered to (?:one or more|all) of its ?\s?recipients/,
  },
  // This is the Postfix program at host x. / I'm sorry to have to inform you that
  {
    id: 'postfix',
    pattern:
      /i'm sorry to have to inform you|(?:message|mail) returned\s{1,3}below could not be delivered|this is the (?:mail system|\w{1,20}(?: on [\w. ()-]{1,40})?(?: postfix)? program|bns postfix program) at host/,
  },
  // ----- The following addresses had permanent fatal errors ----- / Transcript of session follows
  {
    id: 'sendmail',
    pattern:
      /the following addresses had (?:permanent|fatal|transient|delivery)|transcript of (?:the )?session follows/,
  },
  // Your message did not reach some or all of the intended recipients.
  {
    id: 'exchange',
    pattern:
      /did not reach the following recipient|did not reach some or all of the intended|following recipient\(?s?\)? could not be reached|delivery has failed to these recipients|diagnostic information for administrators/,
  },
  // Delivery to the following recipient failed permanently:
  {
    id: 'google',
    pattern:
      /deliver?e?ry to the following recipients? (?:failed|has been delayed)|technical details of (?:permanent|temporary) failure|address not found|message wasn't delivered/,
  },
  // Sorry, we were unable to deliver your message to the following address.
  {
    id: 'yahoo',
    pattern:
      /unable to deliver (?:your |the )?(?:message|mail)|wasn't able to deliver the following message|not able to deliver your message/,
  },
  // An error has occurred while attempting to deliver a message for
  {
    id: 'opensmtpd',
    pattern:
      /error has occurred while attempting to deliver|error occurred while trying to deliver|there was an error delivering your mail/,
  },
  // Your message: … Could not be delivered because of
  {
    id: 'could-not',
    pattern:
      /(?:could|can) ?not be (?:sent|delivered)|was not delivered|has not been delivered|(?:message|mail|e-?mail)(?: \w+){0,3} (?:undeliverable|not delivered|rejected|was rejected)|we had trouble delivering|undeliverable due to|following recipients? (?:did not receive|were affected)|failed recipients|failed addresses follow/,
  },
  // Error: Invalid user address … Error message below:
  {
    id: 'generic-error',
    pattern:
      /error message below:|an error was detected while processing the enclosed|invalid final delivery userid|unknown user: \S{1,80}@|did not exactly match an|rcpt to generated following response|message from interscan|each of the following recipients was rejected|the user\(s\) account is|you are not a member of this mailing list/,
  },
  // 很抱歉您的邮件被退回来了 / 邮件无法发送到您指定的地址中 / 退信原因
  {
    id: 'zh',
    pattern:
      /邮件(?:被|未能|无法)(?:退回|送达|发送|投递)|无法(?:投递|送达|发送到|到达)|退信(?:原因|说明|提示|信息)|投递失败|傳遞失敗|無法(?:傳遞|遞送)|未能(?:送达|投递)|发送失败|抱歉.{0,10}退信/,
  },
  // 次のあて先へのメッセージはエラーのため送信できませんでした。
  {
    id: 'ja',
    pattern:
      /(?:送信|配信|配達|配送)(?:する(?:こと)?が)?できませんでした|あて先へのメッセージはエラー|宛先.{0,20}見つかりません/,
  },
  { id: 'de', pattern: /konnte(?:n)? nicht (?:zugestellt|übermittelt)|unzustellbar/ },
  { id: 'ru', pattern: /не (?:может быть|удалось|была?) доставлен|невозможно доставить|не удалось доставить/ },
  { id: 'fr', pattern: /n'a pas pu être (?:remis|distribu|envoy)|échec de la remise/ },
  { id: 'es', pattern: /no (?:se )?(?:pudo|ha podido) (?:ser )?entreg/ },
];

/** Warnings: the message is still in a queue. They suppress nobody. */
const DELAY: Words[] = [
  // Warning: message neko222 delayed 24 hours / Message delayed (userx@example.cz) / Delayed Mail (still being retried)
  {
    id: 'subject',
    pattern:
      /^(?:warning: )?(?:could not send message|message \S{0,80}\s?(?:delayed|has not yet been delivered|still undelivered)|delayed mail|delivery (?:status notification )?\(?delay)|^warning: message|\bdelay(?:ed)?\)?(?: \d{1,3} (?:hours?|days?))?$|邮件(?:投递)?延迟|延遲/,
  },
  // has not yet been delivered … / THIS IS A WARNING ONLY / You do not need to resend your message.
  {
    id: 'text',
    pattern:
      /has not yet been delivered|this is (?:just )?a warning(?: message)? only|this is just a warning|not need to resend your message|(?:delivery|we) (?:attempts )?will (?:be )?(?:continue[d]?|retry|keep trying)(?: to (?:attempt|try))?|will be retried (?:until|for)|message delayed|still being retried|暂时无法投递.{0,30}(?:继续|重试)|将继续(?:尝试|投递)/,
  },
];

interface BounceEvidence {
  kind: 'bounce' | 'delay';
  /** `free-form.<text rule>` or `free-form.<subject rule>`. */
  rule: string;
}

/**
 * Judges by sender, subject and the words above the returned original.
 * @param head text of the mail without the returned original
 */
export function bounceEvidence(reading: Reading, head: string): BounceEvidence | null {
  const subject = reading.subject.toLowerCase().slice(0, 300);
  const sender = fromDaemon(reading);
  // First, since people write at length and every pattern would read all of it.
  if (!sender && (isAnswer(subject) || writtenByPerson(reading))) return null;
  const top = head.slice(0, 6_000).toLowerCase().replace(/\s+/g, ' ');
  const bySubject = isAnswer(subject) ? undefined : FAILURE_SUBJECTS.find(({ pattern }) => pattern.test(subject));
  const byText = FAILURE_TEXTS.find(({ pattern }) => pattern.test(top));
  const delay = DELAY.find(({ id, pattern }) => pattern.test(id === 'subject' ? subject : top));
  const points =
    Number(sender) + Number(bySubject !== undefined) + Number(byText !== undefined) + Number(delay !== undefined);
  if (points < 2) return null;
  if (delay && !saysFinal(top)) return { kind: 'delay', rule: `free-form.delay-${delay.id}` };
  return { kind: 'bounce', rule: `free-form.${byText?.id ?? bySubject?.id ?? 'daemon'}` };
}

/** Words of the end that outweigh a "will be retried" somewhere in the text. */
function saysFinal(top: string): boolean {
  return /permanent (?:error|fatal|failure)|failed permanently|given up|giving up|not going to try again|message expired/.test(
    top,
  );
}

/** True when the mail comes from a delivery program: null sender, or a name only such programs use. */
export function fromDaemon({ mail, envelope, from }: Reading): boolean {
  if (SENDER.test(from.slice(0, 300)) || /^\s?mailer-daemon\b/i.test(from)) return true;
  if (envelope.sender === '') return true;
  const path = mail.headers.get('return-path');
  return path !== null && /^<?(?:mailer-daemon)?>?$/i.test(path.trim());
}

/** Marks of a mail program that a person uses; delivery programs set none of them. */
function writtenByPerson({ mail }: Reading): boolean {
  return ['in-reply-to', 'user-agent', 'x-mailer', 'thread-index'].some((name) => mail.headers.has(name));
}

function isAnswer(subject: string): boolean {
  return /^(?:re|aw|antw|sv|fwd?|wg|tr|回复|答复|回覆|转发|轉寄|automatic reply|auto-?reply|out of office|自动回复|自动答复)\s?[:：]/.test(
    subject,
  );
}
