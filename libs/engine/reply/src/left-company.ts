/** What an automatic answer says when the person is gone for good. A real line stands above each pattern. */
const SAYINGS: RegExp[] = [
  // Please note that I am no longer with Acme. / Jane Doe no longer works here.
  /\bno longer (?:with|at|employed|working (?:for|at|with|here)|an employee|part of (?:the|our) (?:company|firm|organi[sz]ation|team))\b(?! (?:my|the office|your|this (?:address|time|desk)))/i,
  /\bno longer works? (?:here|at|for|with|in)\b/i,
  // John Smith has left the company. / I have left Acme Ltd as of 1 March.
  /\b(?:has|have|i've|i’ve) (?:now |recently |since )?left (?:the (?:company|firm|organi[sz]ation|business|university|school|team|group)|our (?:company|firm|organi[sz]ation|team)|us\b|employment)/i,
  // My last day at the company was Friday.
  /\bmy last day (?:at|with|in) [^.\n]{1,60} was\b/i,
  // 您好，本人已离职，工作请联系王经理。 / 张三已于3月1日从公司离职
  /(?:已经?|已于[^，。,.;；\n]{1,20}|现已|从[^，。,.;；\n]{1,20})(?:正式|办理)?离职/,
  // 本人不再在本公司任职 / 该员工已不在我司工作
  /(?:不再|已不)(?:在|于)[^，。,.;；\n]{0,15}(?:任职|工作|就职)|不再(?:担任|任职)/,
  // Ich bin nicht mehr für die Firma tätig. / Herr Maier ist nicht mehr im Unternehmen.
  /\bnicht mehr (?:bei|für|im|in der|in unserem) [^.\n]{0,60}\b(?:tätig|beschäftigt|unternehmen|firma)\b/i,
  // Je ne travaille plus chez Acme. / M. Dupont a quitté la société.
  /\bne (?:travaille|fait|suis) plus (?:chez|pour|partie|dans)\b/i,
  /\b(?:ai|a) quitté (?:la société|l['’]entreprise|l['’]organisation|ses fonctions)/i,
  // Ya no trabajo en Acme. / 退職いたしました
  /\bya no (?:trabaj[oa]|labor[oa]|forma parte)\b/i,
  /退職(?:いたし|致し|し)ました/,
];

/**
 * The sentence by which an automatic answer says that the person has left the company, or null. Looks at the first 3,000
 * characters, sentence by sentence, each of 300 at most; a condition ("if I am no longer …") says nothing.
 */
export function leftCompany(text: string): string | null {
  // Mail programs break lines anywhere; only an empty line ends a sentence.
  const top = text.slice(0, 3_000).replace(/\r?\n(?![^\S\n]{0,80}\r?\n)/g, ' ');
  for (const sentence of top.split(/[\n!?。！？]|\.(?=\s|$)/)) {
    const said = sentence.trim().slice(0, 300);
    if (/^(?:if|when|should|falls|wenn|如果|若)/i.test(said)) continue;
    if (SAYINGS.some((saying) => saying.test(said))) return said;
  }
  return null;
}
