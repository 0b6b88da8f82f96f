/** Header cells that mean a built-in property, folded by {@link foldHeader}. Data: one real header per line above. */
export const COLUMN_SYNONYMS: Readonly<Record<'email' | 'name' | 'locale' | 'timezone' | 'tags', readonly string[]>> = {
  // 邮箱 · 电子邮件 · E-mail · Email Address · 收件人邮箱 · Mail
  email: [
    '邮箱',
    '邮箱地址',
    '电子邮箱',
    '电子邮件',
    '电子邮件地址',
    '邮件',
    '邮件地址',
    '收件人邮箱',
    '客户邮箱',
    '联系邮箱',
    'email',
    'emailaddress',
    'mail',
    'mailaddress',
    'emailid',
    'recipient',
    'subscriber',
  ],
  // 姓名 · 称呼 · Full Name · 联系人
  name: [
    '姓名',
    '名字',
    '称呼',
    '昵称',
    '联系人',
    '客户姓名',
    '收件人',
    'name',
    'fullname',
    'displayname',
    'contactname',
    'nickname',
  ],
  // 语言 · Locale
  locale: ['语言', '语种', 'locale', 'language', 'lang'],
  // 时区 · Time zone
  timezone: ['时区', 'timezone', 'tz'],
  // 标签 · Tags
  tags: ['标签', '分组', 'tags', 'tag', 'labels', 'label', 'groups'],
};

/** Header cells that often name a custom field, by the key such a field usually has. */
export const FIELD_SYNONYMS: ReadonlyArray<readonly [key: string, headers: readonly string[]]> = [
  ['phone', ['手机', '手机号', '手机号码', '电话', '联系电话', 'phone', 'mobile', 'tel', 'telephone', 'cell']],
  ['mobile', ['手机', '手机号', '手机号码', 'phone', 'mobile']],
  ['city', ['城市', '所在城市', '市', 'city', 'town']],
  ['province', ['省', '省份', '所在省份', 'province', 'state']],
  ['country', ['国家', 'country']],
  ['company', ['公司', '单位', '公司名称', '企业名称', 'company', 'organization', 'organisation']],
  ['gender', ['性别', 'gender', 'sex']],
  ['birthday', ['生日', '出生日期', 'birthday', 'dateofbirth', 'dob']],
  ['title', ['职位', '职务', 'title', 'jobtitle', 'position']],
  ['points', ['积分', 'points', 'score']],
];

/** A header as it is compared: lower case, full-width forms folded, without blanks, punctuation and a remark in brackets. */
export function foldHeader(header: string): string {
  return header
    .slice(0, 200)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\([^()]{0,100}\)/g, '')
    .replace(/[\s\p{P}\p{S}\uFEFF]/gu, '');
}
