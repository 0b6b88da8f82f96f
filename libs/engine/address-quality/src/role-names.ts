/**
 * Local parts that are an office, not a person. First those of RFC 2142, then what companies use beside them. Nobody
 * opted in for `info@`: several people read it, and some of them will complain.
 */
const ROLE_NAMES: readonly string[] = [
  // RFC 2142 section 3: business. info@example.com
  ...['info', 'marketing', 'sales', 'support'],
  // section 4: network operations. abuse@example.com
  ...['abuse', 'noc', 'security'],
  // section 5: services. postmaster@example.com
  ...['postmaster', 'hostmaster', 'usenet', 'news', 'webmaster', 'www', 'uucp', 'ftp'],
  // no-reply@shop.example: machines that send and never read
  ...['noreply', 'no-reply', 'donotreply', 'do-not-reply', 'mailer-daemon', 'bounce', 'bounces', 'root', 'daemon'],
  // accounting@firm.example: departments
  ...['accounting', 'accounts', 'admin', 'administrator', 'billing', 'careers', 'compliance', 'contact', 'contacts'],
  ...['contactus', 'customerservice', 'enquiries', 'feedback', 'finance', 'hello', 'help', 'helpdesk', 'hr', 'inquiry'],
  ...[
    'investors',
    'invoice',
    'invoices',
    'it',
    'jobs',
    'legal',
    'mail',
    'media',
    'office',
    'orders',
    'postbox',
    'press',
  ],
  ...[
    'privacy',
    'purchasing',
    'reception',
    'recruitment',
    'service',
    'services',
    'subscribe',
    'sysadmin',
    'team',
    'tech',
  ],
  ...['unsubscribe', 'webinfo', 'newsletter', 'spam', 'hostinfo', 'all', 'everyone', 'staff'],
  // kefu@firm.example: the same in pinyin (客服, 人事, 采购, 财务, 销售, 招聘)
  ...['kefu', 'renshi', 'caigou', 'caiwu', 'xiaoshou', 'zhaopin', 'shichang', 'bangong'],
];
const ROLES = new Set(ROLE_NAMES);

/** True for the local part of an office: `Sales+fair`, `tea-request` (RFC 2142 section 6). */
export function isRoleName(local: string): boolean {
  const plain = local.toLowerCase().split('+', 1)[0] ?? '';
  return ROLES.has(plain) || (plain.length > '-request'.length && plain.endsWith('-request'));
}
