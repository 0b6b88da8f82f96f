/**
 * Chinese mailbox providers. They answer 550 to many things that are only limits on us, so these rules stand before
 * everything generic. Codes: NetEase help pages (HL, MI, RP, DT, WM, IR), Tencent service.mail.qq.com.
 */
import { rule } from '../rule.js';
import type { BounceRule } from '../rule.js';

const TENCENT: BounceRule[] = [
  rule(
    'qq.frequency',
    'ratelimited',
    /\b(?:ip|domain|sender|connection|user|mail|rcpt) frequency (?:is )?limited/,
    '550 Ip frequency limited [xnWdQZ1yq0WZ IP: 192.0.2.7]. https://service.mail.qq.com/detail/122/169.',
  ),
  rule(
    'qq.access-denied',
    'ratelimited',
    /mailbox unavailable or access denied/,
    '550 Mailbox unavailable or access denied [MXQ IP: 192.0.2.7]. https://service.mail.qq.com/detail/122/168.',
  ),
  rule(
    'qq.suspected',
    'badreputation',
    /suspected (?:spam|bounce attacks?)/,
    '550 Suspected spam ip https://service.mail.qq.com/detail/122/170',
  ),
  rule(
    'qq.connection-denied',
    'badreputation',
    /^(?:\d{3}[ -])?(?:\d\.\d\.\d )?connection denied/,
    '550 Connection denied [abc IP: 192.0.2.7]. http://service.mail.qq.com/cgi-bin/help?id=20022',
  ),
  rule(
    'qq.content-denied',
    'spamdetected',
    /mail content (?:is )?denied|reject by content spam/,
    '550 Mail content denied. https://service.mail.qq.com/detail/122/171',
  ),
  rule(
    'qq.rejected-by-recipients',
    'rejected',
    /mail is rejected by recipients?/,
    '550 Mail is rejected by recipients [xnWd IP: 192.0.2.7]. https://service.mail.qq.com/detail/122/92.',
  ),
  rule(
    'qq.not-found',
    'userunknown',
    /mailbox not found/,
    '550 Mailbox not found. http://service.mail.qq.com/cgi-bin/help?subtype=1&&no=1000728&&id=23',
  ),
  rule(
    'qq.deactivated',
    'suspend',
    /deactivated mailbox|mailbox (?:is |has been )?deactivated/,
    '550 Invalid or deactivated mailbox, please contact the user',
  ),
  rule(
    'qq.checks',
    'authfailure',
    /(?:spf|dkim|dmarc)(?:\/(?:spf|dkim|dmarc)){0,2} check (?:failed|error|fail)/,
    '550 SPF/DKIM/DMARC check failed [xnWd IP: 192.0.2.7]. https://service.mail.qq.com/detail/122/72',
  ),
  rule(
    'qq.from-header',
    'notcompliantrfc',
    /the "?from"? header is missing or invalid|message has bad syntax/,
    '550 The "From" header is missing or invalid. Please follow RFC5322, RFC2047, RFC822 standard protocol. https://service.mail.qq.com/detail/124/995',
  ),
];

/** NetEase (163.com, 126.com, yeah.net): the two letters before the colon name the stage, those behind it the cause. */
const NETEASE: BounceRule[] = [
  rule(
    'netease.limits',
    'ratelimited',
    /\b(?:hl:i[ft]c|hl:icc|mi:(?:dmc|sfq|ce[cl]|ccl|rrc|ptb)|rp:(?:drc|ce[cl]|ccl|trc|qrc|frl|rcl)|ir:(?:urc|dmc))\b/,
    '451 MI:SFQ 163 mx12,PsCowEDpF1 http://mail.163.com/help/help_spam_16.htm?ip=192.0.2.7',
  ),
  rule(
    'netease.reputation',
    'badreputation',
    /\b(?:hl:(?:rep|mep|rbl|ipb)|dt:rbl|wm:bl[iu]|rp:bli)\b/,
    '550 HL:REP 163 mx10,NMCowAAXbq http://mail.163.com/help/help_spam_16.htm?ip=192.0.2.7',
  ),
  rule(
    'netease.spam',
    'spamdetected',
    /\b(?:dt:(?:spm|tag|cnt)|ad:spm|mi:s(?:pb|tc))\b/,
    '554 DT:SPM 163 smtp5,D9GowLArizfS 1367911231 http://mail.163.com/help/help_spam_16.htm',
  ),
  rule(
    'netease.auth',
    'authfailure',
    /\b(?:mi:(?:spf|dkim|dma|dmarc)|dt:spf)\b/,
    '550 MI:SPF 163 mx14,PcCowABn http://mail.163.com/help/help_spam_16.htm?ip=192.0.2.7',
  ),
  rule(
    'netease.helo',
    'blocked',
    /\b(?:mi:nhd|hl:ihu)\b/,
    '554 HL:IHU 163 mx2,CsCowAD http://mail.163.com/help/help_spam_16.htm',
  ),
  rule(
    'netease.from',
    'rejected',
    /\b(?:mi:(?:imf|nsp|lmt|bad)|wm:sou|dt:sum)\b/,
    '550 MI:IMF 163 mx12 http://mail.163.com/help/help_spam_16.htm',
  ),
  rule(
    'netease.login-mismatch',
    'rejected',
    /mail from must equal authori[sz]ed user|env[eo]lope? sender mismatch|null sender is not allowed/,
    '553 Mail from must equal authorized user',
  ),
  rule(
    'netease.auth-limit',
    'ratelimited',
    /too much (?:fail authentication|recipient)|smtp auth error limit/,
    '451 Requested mail action not taken: too much fail authentication',
  ),
  rule('netease.user-blacklist', 'rejected', /user in (?:the )?black ?list/, '550 User in blacklist'),
  rule(
    'netease.user-suspended',
    'suspend',
    /user (?:is )?(?:suspended|rejected|hang ?up|frozen|locked|disabled)\b/,
    '550 User suspended: leader@163.com',
  ),
  rule('netease.attachment', 'policyviolation', /illegal attachment/, '552 Illegal Attachment'),
  rule('netease.rcpt-timeout', 'networkerror', /rcpt handle timeout/, 'rcpt handle timeout.(rcpt handle timeout)'),
];

const OTHER_PROVIDERS: BounceRule[] = [
  rule(
    'coremail.locked',
    'suspend',
    /\buser <> (?:is |was |has been )?(?:locked|suspended|frozen|disabled)\b/,
    '550 5.2.1 user zhangsan@sina.com is locked',
  ),
  rule(
    'coremail.over-quota',
    'mailboxfull',
    /mail ?box space not enough|user'?s? (?:mail)?box is over(?: ?quota| size)/,
    '552 5.2.2 Requested mail action aborted: mail box space not enough',
  ),
  rule(
    'coremail.bad-rcpt',
    'userunknown',
    /(?:invalid user|bad user|no such recipient): ?\S{1,100}/,
    '550 Invalid User: leader@smeoa.example',
  ),
  rule(
    'aliyun.not-exist',
    'userunknown',
    /mailbox not exist|user not exist/,
    '553 mailbox not exist, please check the address [aliyun mx]',
  ),
  rule(
    'aliyun.behaviour',
    'spamdetected',
    /reject by (?:behaviou?r|content) spam|antispam_bat/,
    '554 Reject by behaviour spam at Rcpt State(Connection IP address:192.0.2.7)ANTISPAM_BAT[01201311R156e9]: CONTINUE',
  ),
  rule(
    'chinamobile.unauthorized',
    'suspend',
    /is unauthorized to rec(?:ei|ie)ve/,
    '550 user [13800000000] is unauthorized to recieve',
  ),
];

const WORDS: BounceRule[] = [
  // 退信原因, 英文说明 and what operators write
  rule(
    'zh.host-unknown',
    'hostunknown',
    /(?:域名|主机)[^，。,.\n]{0,10}(?:不存在|无效|错误|未找到|无法解析)|找不到(?:收件人|对方)?的?(?:域名|服务器)|域名解析(?:失败|错误)/,
    '退信原因：收件人域名不存在，无法找到对方服务器',
  ),
  rule(
    'zh.unknown',
    'userunknown',
    /(?:用户|帐号|账号|帐户|账户|邮箱|收件人|地址)[^，。,.\n]{0,12}(?:不存在|不正确|无效|有误|没有找到|未找到)|无此(?:用户|邮箱|帐号|账号)|找不到(?:该)?(?:用户|收件人)|查无此人|不存在(?:的|此)(?:用户|邮箱|帐号|账号)/,
    '退信原因：收件人邮件地址（zhangsan@example.com）不存在，邮件无法送达。',
  ),
  rule(
    'zh.full',
    'mailboxfull',
    /(?:空间|容量|邮箱|信箱)[^，。,.\n]{0,8}(?:不足|已满|满了|超出|超过|用完)|超出[^，。,.\n]{0,8}(?:容量|配额)|邮箱爆满/,
    '退信原因：收件人空间不足，邮件无法投递',
  ),
  rule(
    'zh.suspended',
    'suspend',
    /(?:用户|帐号|账号|帐户|账户|邮箱)[^，。,.\n]{0,10}(?:被?锁定|冻结|停用|禁用|注销|暂停|关闭|封停|休眠)/,
    '退信原因：对方邮箱已停用',
  ),
  rule(
    'zh.rate',
    'ratelimited',
    /(?:发送|发信|投递|连接)[^，。,.\n]{0,12}(?:频繁|频率|过快|次数过多|超过.{0,6}限制)|频率限制/,
    '退信原因：您的发送过于频繁，超过了对方服务器的频率限制',
  ),
  rule(
    'zh.spam',
    'spamdetected',
    /(?:垃圾邮件|疑似垃圾|广告邮件|垃圾信|敏感内容|内容[^，。,.\n]{0,6}(?:拒绝|违规|非法|不合法))/,
    '退信原因：该邮件被对方服务器判定为垃圾邮件',
  ),
  rule(
    'zh.blocked',
    'blocked',
    /(?:ip|域名|域|发信人|发件人|服务器)[^，。,.\n]{0,12}(?:黑名单|被拒绝|被屏蔽|信誉)|黑名单|拒绝了?(?:您|你)的(?:发信)?(?:ip|服务器|域名)/,
    '退信原因：您的发信IP在对方的黑名单中',
  ),
  rule(
    'zh.recipient-refuses',
    'rejected',
    /(?:对方|收件人|收信人)[^，。,.\n]{0,8}(?:拒收|拒绝接收|拒绝了|设置了拒收|不接收)/,
    '退信原因：收件人拒收了您的邮件',
  ),
  rule(
    'zh.too-big',
    'mesgtoobig',
    /(?:邮件|附件|信件)[^，。,.\n]{0,10}(?:过大|太大|超大|超过.{0,8}(?:大小|限制))/,
    '退信原因：邮件过大，超过对方服务器限制',
  ),
  rule(
    'zh.timeout',
    'networkerror',
    /(?:连接|通信|投递|传输)[^，。,.\n]{0,12}(?:超时|失败|中断)|无法连接|网络(?:错误|异常|故障)/,
    '退信原因：连接对方服务器超时',
  ),
];

export const CHINESE_RULES: BounceRule[] = [...TENCENT, ...NETEASE, ...OTHER_PROVIDERS, ...WORDS];
