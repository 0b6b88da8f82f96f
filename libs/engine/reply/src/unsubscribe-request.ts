/** A mail or a top line that asks to leave: `退订`, `TD`, `unsubscribe`, `stop` and polite variants, nothing looser. */

const ENGLISH =
  /^(?:hi|hello|dear \w{1,20})?[,.! ]{0,3}(?:please |pls |kindly |i want to |i would like to |i wish to )?(?:unsubscribe|unsub|opt[- ]?out|remove|take|stop)(?: me| us| this (?:e-?mail|address))?(?: off| out)?(?: (?:from|of) (?:this|your|the|all|any)(?: \w{1,14}){0,2})?(?: (?:sending|emailing|mailing)(?: me)?(?: \w{1,14}){0,2})?[.! ]{0,5}(?:thanks?|thank you|please)?[.! ]{0,5}$/i;
const CHINESE =
  /^(?:您好|你好|收到|谢谢)?[，,。.!！ ]{0,3}(?:请|麻烦|烦请|我要|我想|帮我|请帮我|请给我)?(?:帮忙)?(?:退订|退訂|退阅|取消订阅|取消訂閱|不再订阅|不要再发(?:了|邮件)?|别再发(?:了|邮件)?|请勿(?:再)?(?:发送|打扰)|拒收|TD|T|N)(?:一下|此邮件|该邮件|邮件|吧|了|本邮件|你们的邮件|贵司邮件|广告)?[，,。.!！ ]{0,3}(?:谢谢|谢谢您|多谢|感谢)?[，,。.!！ ]{0,3}$/i;
const OTHERS =
  /^(?:bitte )?(?:abmelden|abbestellen|austragen|désabonner|désinscription|désinscrire|se désabonner|darme de baja|dar de baja|baja|cancelar suscripción|cancelar inscrição|descadastrar|cancella|disiscrivi|cancellami|uitschrijven|afmelden|avregistrera|avmeld|отписаться|отпишите|配信停止|配信解除|登録解除|退会|수신거부|구독취소)[.! ]{0,5}$/i;

/**
 * Which wording asks to leave, or null. Looks at the first written line only, and only when it is short: a sentence
 * that merely mentions unsubscribing is a reply.
 * @param text the visible reply, or a subject
 */
export function unsubscribeRequest(text: string): 'english' | 'chinese' | 'other-language' | null {
  const line = text.slice(0, 2_000).trimStart().split('\n', 1)[0]!.trim().slice(0, 121);
  if (line === '' || line.length > 120) return null;
  const bare = line.replace(/^["'“‘【[(（*]{1,3}|["'”’】\])）*]{1,3}$/g, '').trim();
  if (CHINESE.test(bare)) return 'chinese';
  if (ENGLISH.test(bare) && /unsub|opt|remove me|remove us|remove$|stop|take me|remove this/i.test(bare))
    return 'english';
  return OTHERS.test(bare) ? 'other-language' : null;
}
