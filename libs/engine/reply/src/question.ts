/** What people write when they want something of us. A line of our own stands above each pattern. */
const ASKING: RegExp[] = [
  // Could you send me the price list? / Can we order fifty pieces
  /\b(?:could|can|would|will|may) (?:you|we|i|someone|anybody)\b/i,
  // Please let me know when it opens. / Kindly confirm the delivery date
  /\b(?:please|kindly|pls) (?:send|let|tell|advise|confirm|call|contact|quote|share|provide|reply|help)\b/i,
  // I would like to know whether … / I'm interested in your jasmine tea
  /\b(?:would|'d|’d) like to (?:know|ask|order|buy|book|learn|visit)\b|\binterested in\b/i,
  // How much is the express delivery / Do you ship to Malaysia
  /\bhow (?:much|many|do|can|long|soon)\b|\bdo you (?:have|offer|ship|sell|make|accept)\b|\b(?:what|where|when|which) (?:is|are|do|does|can)\b/i,
  // 请问龙井还有货吗 / 想咨询一下团购 / 麻烦发一份目录
  /请问|请教|咨询|麻烦(?:您|你|帮|发|给|告)|能否|可否|能不能|可不可以|有没有/,
  // 这款多少钱 / 怎么退换 / 什么时候发货
  /多少钱|怎么(?:买|卖|办|收费|退|换|联系|付|用|样)|如何(?:购买|下单|退|换|联系|付)|什么时候|几天(?:能|可以)/,
  // 请发一份报价单 / 请与我联系 / 想订二十盒
  /请(?:发|报|提供|与我|跟我|联系|回复|告知|寄|给)|想(?:要?了解|问|要?订|要?买|预订|采购)|(?:报|询)个?价/,
  // 还有货吗 / 你们周末开门么
  /[吗呢么嘛][。.!！~～]?$/,
];

/** Mail to many has these, a person's question does not. */
const BULK =
  /unsubscribe|opt[- ]?out|view (?:this|it|the e?-?mail)? ?(?:email )?in (?:your|a) browser|退订|取消订阅|在浏览器(?:中)?(?:查看|打开)|拒收请/i;

/**
 * The sentence by which a person asks something of us, or null. Looks at the first 3,000 characters, sentence by
 * sentence, each of 300 at most. A sentence with a question mark asks; so do the words of a request. Mail that offers to
 * be unsubscribed from is no question.
 * @param text what was written, without quotation and signature
 */
export function questionIn(text: string): string | null {
  const top = text.slice(0, 3_000);
  if (BULK.test(top)) return null;
  for (const part of top.replace(/\r?\n/g, '\n').match(/[^\n?？。！!]{1,300}[?？。！!]?/g) ?? []) {
    const sentence = part.trim();
    // An address with a query is not a question.
    const bare = sentence.replace(/\b(?:https?:\/\/|www\.)\S{1,200}/gi, '').trim();
    if (bare.length < 3) continue;
    if (/[?？]$/.test(bare) || ASKING.some((pattern) => pattern.test(bare))) return sentence.slice(0, 120);
  }
  return null;
}
