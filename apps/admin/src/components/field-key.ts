/** Types of a custom field. */
export const FIELD_TYPES = ['text', 'number', 'boolean', 'date'] as const;

/** Common Chinese labels, whose keys would otherwise be numbered. */
const KNOWN: Record<string, string> = {
  城市: 'city',
  省份: 'province',
  国家: 'country',
  地址: 'address',
  公司: 'company',
  公司名称: 'company',
  单位: 'company',
  部门: 'department',
  职位: 'job_title',
  职务: 'job_title',
  电话: 'phone',
  手机: 'mobile',
  手机号: 'mobile',
  微信: 'wechat',
  生日: 'birthday',
  性别: 'gender',
  称呼: 'salutation',
  姓: 'last_name',
  名: 'first_name',
  备注: 'note',
  积分: 'points',
  等级: 'level',
  行业: 'industry',
  网站: 'website',
  订单数: 'orders',
  来源: 'source',
};

/**
 * A key for a label: lower-case letters, digits and `_`, starting with a letter. A label without Latin letters that is
 * not a common word gets `field_` and a short sum of its characters, so that the proposal is stable.
 */
export function keyFor(label: string): string {
  const known = KNOWN[label.trim()];
  if (known) return known;
  const latin = label
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_0-9]+/, '')
    .slice(0, 40)
    .replace(/_$/, '');
  if (latin.length > 1) return latin;
  const sum = [...label.trim()].reduce((total, char) => (total * 31 + char.codePointAt(0)!) % 46_656, 7);
  return label.trim() ? `field_${sum.toString(36)}` : '';
}
