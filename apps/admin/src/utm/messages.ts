import type { Messages } from '../i18n/messages.js';

export const messages: Messages = {
  zh: {
    switch: '给链接加上 UTM 参数',
    help: '网站统计工具（百度统计、Google Analytics 等）由此知道访问来自这次活动。链接里已有的参数不会改变，退订等链接不加。',
    source: '来源',
    medium: '媒介',
    campaign: '活动',
    term: '关键词',
    content: '内容',
    example: '例如',
    none: '不加',
    asName: '活动名称',
  },
  en: {
    switch: 'Add UTM parameters to links',
    help: 'They tell the statistics of your website that a visit came from this campaign. What a link says already stands, and links to unsubscribe and the like get none.',
    source: 'Source',
    medium: 'Medium',
    campaign: 'Campaign',
    term: 'Term',
    content: 'Content',
    example: 'Such as',
    none: 'Not added',
    asName: 'Name of the campaign',
  },
};
