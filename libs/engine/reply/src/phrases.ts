/**
 * The words mail programs write around a quotation, by language. Every pattern sees one line (or up to four joined
 * ones) of at most 400 characters, so bounded gaps keep them linear.
 */

/** Lines that introduce a quotation: `On 6 May 2024, A wrote:` and its sisters. A real line stands above each. */
export const ATTRIBUTIONS: RegExp[] = [
  // On Mon, Feb 1, 2016 at 4:58 AM -0800, "Some One" <foo@bar.com> wrote:
  /^on\b.{1,350}\bwrote\s?:?\s{0,3}-{0,6}$/i,
  // ---- On Wed, 24 Feb 2021 14:02:50 +0530 john@gmail.com wrote ----
  /^-{2,10}\s?(?:on\b)?.{1,300}\bwrote\s?:?\s?-{2,10}$/i,
  // At 6/16/2016 08:32 PM, you wrote:
  /^at\b.{4,200}\bwrote\s?:$/i,
  // Some One <foo@bar.com> wrote:
  /^[^>].{0,200}[@\d"].{0,200}\bwrote\s?:$/i,
  // Am 03.02.2016 3:35 nachm. schrieb Max Mustermann <noreply@meta.discourse.org>:
  /^(?:am|vom)\b.{1,300}\bschrieb\b.{0,200}:$/i,
  // Erlend Sogge Heggen <meta@discoursemail.com> schrieb am Di., 16. Aug. 2016 um 12:52 Uhr:
  /^.{1,200}\bschrieb\b.{0,120}:$/i,
  // Le 4 janv. 2016 19:03, "Neil Lalonde" <info@discourse.org> a écrit :
  /^(?:le\b)?.{1,300}\ba [eé]crit\s?:?$/i,
  // El jueves, 21 de noviembre de 2013, codinghorror escribió:
  /^(?:el\b)?.{1,300}\bescribi[oó]\s?:?$/i,
  // Em seg, 6 de mai de 2024 às 10:00, A <a@b.c> escreveu:
  /^(?:em\b|a\b|no dia\b)?.{1,300}\bescreveu\s?:?$/i,
  // Il giorno lun 6 mag 2024 alle ore 10:00 A <a@b.c> ha scritto:
  /^(?:il\b)?.{1,300}\bha scritto\s?:?$/i,
  // Op 13-02-2014 3:18 schreef Julius Caesar <pantheon@rome.com>:
  /^(?:op\b)?.{1,200}\b(?:schreef|heeft)\b.{0,200}:$/i,
  // Den 14 september, 2015 02:23:18, Valentino Rudy (valentino@rudy.be) skrev:
  /^.{1,300}\bskrev\b.{0,200}:$/i,
  // 23 mar 2017 21:25 "Neil Lalonde" <meta@discoursemail.com> napisał(a):
  /^.{1,300}\bnapisa[lł].{0,10}:?$/i,
  // понедельник, 6 октября 2014 г. пользователь lidel написал:
  /^.{1,300}(?:написал|пише|пишет|писал).{0,10}:$/i,
  // 2013.02.08. 7:31 keltezéssel, "Gyõrvári Eszter" írta:
  /^.{1,300}\b[ií]rta\s?:$/i,
  // Dne 6. 5. 2024 v 10:00 A napsal(a):
  /^.{1,300}\bnapsal.{0,5}:$/i,
  // 6 Mayıs 2024 Pzt tarihinde A <a@b.c> şunu yazdı:
  /^.{1,300}\byazd[ıi]\s?:$/i,
  // ma 6. toukok. 2024 klo 10.00 A (a@b.c) kirjoitti:
  /^.{1,300}\bkirjoitti\s?:$/i,
  // 2011/4/7 Nathan <support@example.com>
  /^\d{4}[/.-]\d{1,2}[/.-]\d{1,2}\s.{0,120}<[^<>\s]{3,200}>\s?:?$/,
  // 2016-03-03 17:21 GMT+01:00 Some One
  /^\d{4}-\d\d-\d\d \d\d:\d\d GMT[+-]\d\d:\d\d\s.{1,200}$/,
  // 02.04.2012 14:20 пользователь "bob@xxx.mailgun.org" <bob@xxx.mailgun.org> написал:  (date first, address, colon)
  /^\d{1,2}[./-]\d{1,2}[./-]\d{2,4},?\s.{0,160}<[^<>\s]{3,200}>.{0,40}:$/,
  // 在 2024-05-06 10:00:00，"市场部" <news@example.com> 写道：
  /^(?:在|於|于).{4,300}[写寫]道\s?[:：]?$/,
  // 市场部 <news@example.com> 于 2024年5月6日周一 上午10:00写道：
  /^.{1,300}[于於在].{4,80}[写寫]道\s?[:：]?$/,
  // 张三 <zs@x.com> 写道：
  /^.{1,200}[写寫]道\s?[:：]$/,
  // 2024年5月6日(月) 10:00 A <a@b.c>:
  /^\d{4}年\d{1,2}月\d{1,2}日.{0,200}(?:<[^<>\s]{3,200}>|のメール|書きました|さん)\s?[:：]$/,
  // 2024년 5월 6일 (월) 오전 10:00, A <a@b.c>님이 작성:
  /^.{1,300}님이 작성\s?[:：]$/,
];

/** `-----Original Message-----` and the like; the text between dashes, or the whole line. */
export const ORIGINAL_MARKERS =
  /^[\s*_=>|-]{0,60}(?:(?:begin )?forwarded message|original (?:message|appointment|e-?mail)|reply message|replied message|original|ursprüngliche nachricht|weitergeleitete nachricht|message d'origine|message original|message transféré|mensaje original|mensaje reenviado|mensagem original|messaggio originale|oorspronkelijk bericht|oprindelig (?:meddelelse|besked)|opprinnelig melding|ursprungligt meddelande|originalmeddelande|alkuperäinen viesti|wiadomość oryginalna|původní zpráva|исходное сообщение|пересылаемое сообщение|原始邮件|原始郵件|原邮件|原始信件|回复的原邮件|转发的邮件|转发邮件信息|轉寄郵件|元のメッセージ|원본 메시지)[\s*_=:：|-]{0,60}$/i;

/** Markers count only with dashes (or a colon for `Begin forwarded message:`): the bare words may be prose. */
export const MARKER_FRAME = /^[\s*>]{0,6}[-_=]{2,}|^[\s>*]{0,6}begin forwarded message\s?:|\*-{2,}/i;

/** Labels of a pasted header block by kind, in the languages of the usual programs. */
export const HEADER_LABELS: { kind: 'from' | 'date' | 'to' | 'subject' | 'other'; pattern: RegExp }[] = [
  {
    kind: 'from',
    pattern:
      /^(?:from|von|de|da|fra|från|van|od|od:|от|от кого|发件人|寄件者|寄件人|發件人|發信人|差出人|보낸 사람|kimden|feladó|lähettäjä)$/i,
  },
  {
    kind: 'date',
    pattern:
      /^(?:date|sent|gesendet|datum|envoyé|envoyé le|fecha|enviado|enviado el|enviado em|enviada em|data|inviato|sendt|dato|skickat|verzonden|wysłano|дата|отправлено|发送时间|发送日期|發送時間|日期|时间|時間|寄件日期|傳送日期|送信日時|日時|보낸 날짜|날짜|gönderilen|odesláno|lähetetty)$/i,
  },
  {
    kind: 'to',
    pattern:
      /^(?:to|an|à|a|para|til|till|aan|do|кому|收件人|收件者|收信人|宛先|받는 사람|kime|komu|címzett|vastaanottaja)$/i,
  },
  {
    kind: 'subject',
    pattern:
      /^(?:subject|betreff|objet|asunto|assunto|oggetto|emne|ämne|onderwerp|temat|тема|主题|主\s{0,3}题|主旨|主題|标题|件名|제목|konu|předmět|tárgy|aihe|re)$/i,
  },
  {
    kind: 'other',
    pattern:
      /^(?:cc|copie|kopie|cópia|copia|kopi|kopia|抄送|副本|抄\s{0,3}送|密送|reply-to|antwort an|回复|importance|wichtigkeit|优先级|attachments?|附件|organization|x-mailer)$/i,
  },
];

/** Lines that mobile programs and web mail add below what was written. */
export const MOBILE_SIGNATURES: RegExp[] = [
  // Sent from my iPhone / Sent from my Verizon Wireless BlackBerry
  /^[*_>\s]{0,4}(?:sent|enviado|envoyé|inviato|verzonden|skickat|sendt|wysłane|отправлено) (?:from|desde|depuis|de|da|do|vanaf|från|fra|z|с) (?:my|mi|mon|mio|meu|il mio|min|mojego|моего)\s?[\w .+-]{1,40}[.*_]{0,3}$/iu,
  // Von meinem iPhone gesendet
  /^von meinem .{1,40} gesendet$/i,
  // Sent from Outlook Mobile<https://foo.bar> / Sent from Mail for Windows 10 / Sent from Yahoo Mail on Android
  /^(?:sent (?:from|via|with)|get|gesendet (?:von|mit)|envoyé (?:depuis|à partir de)|enviado (?:desde|do)) (?:outlook|mail|yahoo|gmail|samsung|proton|aqua|blue ?mail|spark|mobile|the new)[\w .<>:/()+-]{0,120}$/i,
  // 发自我的iPhone / 发自我的小米手机 / 从我的 iPad 发送 / 来自我的华为手机
  /^(?:[发發]自我的|[发發]自|来自我的|來自我的|从我的|從我的|我的)\s{0,3}[\w\u4e00-\u9fff .+-]{1,30}$/u,
  // 发送自 Windows 10 版邮件应用 / 发自网易邮箱大师 / 发自QQ邮箱
  /^(?:发送自|傳送自|[发發]自|由|通过)\s{0,3}(?:windows|网易|qq|foxmail|outlook|手机|钉钉|新浪|阿里|coremail|企业微信)[\w\u4e00-\u9fff .+-]{0,30}$/iu,
  // 获取 Outlook for iOS<https://aka.ms/o0ukef> / 下载 适用于 Android 的 Outlook
  /^(?:获取|取得|下载|下載)\s{0,3}(?:适用于|適用於)?[\w\u4e00-\u9fff ]{0,20}outlook[\w\u4e00-\u9fff .<>:/()+-]{0,120}$/iu,
  // iPhoneから送信 / 나의 iPhone에서 보냄
  /^.{1,30}(?:から送信|에서 보냄|에서 보낸)$/,
];
