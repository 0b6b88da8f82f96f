/** Words by which a server asks for a slower pace. */
export interface SlowDownRule {
  /** Stored with nothing: it may be renamed. */
  id: string;
  /** Matched against the text in lower case, at most 500 characters; bounded gaps only. */
  pattern: RegExp;
}

/**
 * A real reply above each. Providers write them with 4xx and with 5xx: Tencent and NetEase answer 550 to what is only a
 * limit on us, for now.
 */
export const SLOW_DOWN_RULES: readonly SlowDownRule[] = [
  // 550 Ip frequency limited [xnWdQZ1yq0WZ IP: 192.0.2.7]. https://service.mail.qq.com/detail/122/169.
  // 450 Mail rate limited / 421 Domain frequency limited
  { id: 'tencent.frequency', pattern: /\b(?:frequency|rate) (?:is |has been )?limited/ },
  // 550 Mailbox unavailable or access denied [MXQ IP: 192.0.2.7]. https://service.mail.qq.com/detail/122/168.
  { id: 'tencent.access', pattern: /mailbox unavailable or access denied/ },
  // 451 MI:SFQ 163 mx12,PsCowEDpF1 http://mail.163.com/help/help_spam_16.htm?ip=192.0.2.7
  // 421 HL:ICC 163 smtp14,QcCowABXX http://mail.163.com/help/help_spam_16.htm
  {
    id: 'netease.limits',
    pattern: /\b(?:hl:i[ft]c|hl:icc|mi:(?:dmc|sfq|ce[cl]|ccl|rrc|ptb)|rp:(?:drc|ce[cl]|ccl|trc|qrc|frl|rcl)|ir:urc)\b/,
  },
  // 451 Requested mail action not taken: too much recipient
  { id: 'netease.recipients', pattern: /too much recipient/ },
  // 421 [TSS04] Messages from 192.0.2.7 temporarily deferred due to unexpected volume or user complaints - 4.16.55.1
  { id: 'yahoo.volume', pattern: /temporarily deferred due to (?:unexpected volume|user complaints)|\[tss0[4-9]\]/ },
  // 421 4.7.28 Our system has detected an unusual rate of unsolicited mail originating from your IP address. (Google)
  { id: 'google.unusual', pattern: /unusual (?:rate|amount) of|unsolicitedratelimit/ },
  // 451 4.7.500 Server busy. Please try again later from [192.0.2.7]. (AS77713)
  { id: 'microsoft.busy', pattern: /server busy\. please try again later from/ },
  // 451 4.7.650 The mail server [192.0.2.7] has been temporarily rate limited due to IP reputation. (S775)
  { id: 'microsoft.reputation', pattern: /temporarily rate limited/ },
  // 452 4.3.2 Connection rate limit exceeded. / 450 4.7.1 Error: too fast, slow down / 421 4.7.0 Throttled
  { id: 'words.rate', pattern: /rate[ -]?limit|throttl|too fast|too frequent|too quickly|slow(?:ing)? down/ },
  // 421 4.7.0 Too many concurrent SMTP connections from this IP address / 451 4.7.1 Too many messages
  {
    id: 'words.too-many',
    pattern: /too many (?:messages|mails?|e-?mails?|connections?|sessions?|concurrent|simultaneous|smtp|requests)/,
  },
  // 421 maximum number of connections reached for 192.0.2.7
  {
    id: 'words.connections',
    pattern: /max(?:imum)?(?: number of)? (?:concurrent |simultaneous )?(?:connections|sessions)/,
  },
  // 450 4.7.1 Hourly sending limit exceeded for your server
  {
    id: 'words.quota',
    pattern:
      /(?:hourly|daily|sending|message) (?:sending )?(?:limit|rate|quota) (?:is |was |has been )?(?:exceeded|reached)/,
  },
  // 421 发送过于频繁，请稍后再试
  { id: 'chinese.frequent', pattern: /(?:发送|发信|投递|连接)[^，。,.\n]{0,12}(?:频繁|频率|过快|次数过多)|频率限制/ },
];

/**
 * Words of a deferral that speak of the recipient, or of nothing but a first meeting: never of our pace.
 * - 450 4.2.0 <li@example.org>: Recipient address rejected: Greylisted, see http://postgrey.example/
 * - 450-4.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages
 * - 452 4.2.2 The email account that you tried to reach is over quota
 * - 450 4.1.1 <li@example.org>: Recipient address rejected: unverified address
 */
export const NOT_ABOUT_PACE =
  /gr[ea]y-?list|the user you are trying to contact|receivingrate|mailbox (?:is )?(?:full|busy|locked)|over ?quota|unverified address|user unknown|no such user/;
