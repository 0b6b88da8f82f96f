/** One entry of the editor's insert menu. */
export interface MergeVariableEntry {
  /** As written between the braces. */
  path: string;
  label: { zh: string; en: string };
  /** What it shows for the sample recipient. */
  example: string;
}

/** One helper of the template language. */
export interface MergeHelperEntry {
  name: string;
  label: { zh: string; en: string };
  /** A whole template to insert; `result` is what it renders for the sample recipient. */
  template: string;
  result: string;
}

const variable = (path: string, zh: string, en: string, example: string): MergeVariableEntry => ({
  path,
  label: { zh, en },
  example,
});
const helper = (name: string, zh: string, en: string, template: string, result: string): MergeHelperEntry => ({
  name,
  label: { zh, en },
  template,
  result,
});

/** Everything a template may refer to, each with an example that is what the sample recipient really gets. */
export const mergeVariablesReference: {
  variables: readonly MergeVariableEntry[];
  helpers: readonly MergeHelperEntry[];
} = {
  variables: [
    variable('email', '邮箱地址', 'E-mail address', 'li.ming@example.com'),
    variable('name', '姓名', 'Name', '李明'),
    variable('fields.city', '自定义字段（fields.字段名）', 'Contact field (fields.<key>)', '上海'),
    variable('tags', '标签', 'Tags', '会员, newsletter'),
    variable('campaign.name', '活动名称', 'Campaign name', '三月通讯'),
    variable('workspace.name', '品牌名称', 'Brand name', '示例品牌'),
    variable('workspace.postalAddress', '通讯地址', 'Postal address', '上海市浦东新区示例路 1 号'),
    variable('unsubscribeUrl', '退订链接', 'Unsubscribe link', `https://track.example.com/u/${'x'.repeat(44)}`),
    variable('webVersionUrl', '网页版链接', 'Web version link', `https://track.example.com/w/${'x'.repeat(44)}`),
    variable(
      'preferencesUrl',
      '订阅偏好链接',
      'Preference center link',
      `https://track.example.com/p/${'x'.repeat(44)}`,
    ),
  ],
  helpers: [
    helper(
      'default',
      '为空时的替代文字',
      'Fallback where a value is empty',
      '{{default fields.nickname "朋友"}}',
      '朋友',
    ),
    helper('if', '条件', 'Condition', '{{#if fields.vip}}VIP{{else}}会员{{/if}}', 'VIP'),
    helper('unless', '反条件', 'Negative condition', '{{#unless fields.vip}}升级{{/unless}}', ''),
    helper('each', '循环', 'Repeat for each item', '{{#each tags}}[{{this}}]{{/each}}', '[会员][newsletter]'),
    helper('with', '进入一个对象', 'Enter an object', '{{#with workspace}}{{name}}{{/with}}', '示例品牌'),
    helper('eq', '等于', 'Equal', '{{#if (eq fields.city "上海")}}本地{{/if}}', '本地'),
    helper('ne', '不等于', 'Not equal', '{{#if (ne fields.city "北京")}}外地{{/if}}', '外地'),
    helper('gt', '大于', 'Greater than', '{{#if (gt fields.points 1000)}}金卡{{/if}}', '金卡'),
    helper('lt', '小于', 'Less than', '{{#if (lt fields.points 1000)}}银卡{{else}}金卡{{/if}}', '金卡'),
    helper('and', '并且', 'And', '{{#if (and fields.vip name)}}{{name}}{{/if}}', '李明'),
    helper('or', '或者', 'Or', '{{or fields.nickname name}}', '李明'),
    helper('not', '非', 'Not', '{{#if (not fields.vip)}}普通{{else}}VIP{{/if}}', 'VIP'),
    helper('contains', '包含', 'Contains', '{{#if (contains tags "会员")}}会员价{{/if}}', '会员价'),
    helper('startsWith', '开头是', 'Starts with', '{{#if (startsWith fields.city "上")}}华东{{/if}}', '华东'),
    helper('empty', '为空', 'Is empty', '{{#if (empty fields.nickname)}}无昵称{{/if}}', '无昵称'),
    helper('capitalize', '单词首字母大写', 'Capitalise words', '{{capitalize "li ming"}}', 'Li Ming'),
    helper('upper', '转大写', 'Upper case', '{{upper "sale"}}', 'SALE'),
    helper('lower', '转小写', 'Lower case', '{{lower "SALE"}}', 'sale'),
    helper('formatDate', '日期格式', 'Date format', '{{formatDate fields.birthday "zh"}}', '1990年3月5日'),
    helper('formatNumber', '数字格式', 'Number format', '{{formatNumber fields.points 2}}', '1,280.00'),
  ],
};
