import type { Messages } from '../i18n/messages.js';

export const messages: Messages = {
  zh: {
    title: '搜索',
    placeholder: '搜索营销活动、联系人、列表、细分人群、模板或页面',
    results: '搜索结果',
    none: '没有找到“{{q}}”',
    start: '输入名称、邮件主题或邮箱。',
    keys: '↑ ↓ 选择，Enter 打开，Esc 关闭',
    allContacts: '在所有联系人中搜索“{{q}}”',
    found_other: '{{count}} 个结果',
    kind: {
      screen: '页面',
      campaign: '营销活动',
      contact: '联系人',
      list: '联系人列表',
      segment: '细分人群',
      template: '模板',
    },
  },
  en: {
    title: 'Search',
    placeholder: 'Campaigns, contacts, lists, segments, templates or screens',
    results: 'Results',
    none: 'Nothing found for “{{q}}”',
    start: 'Type a name, a subject or an address.',
    keys: '↑ ↓ to choose, Enter to open, Esc to close',
    allContacts: 'Search all contacts for “{{q}}”',
    found_one: '{{count}} result',
    found_other: '{{count}} results',
    kind: {
      screen: 'Screen',
      campaign: 'Campaign',
      contact: 'Contact',
      list: 'List',
      segment: 'Segment',
      template: 'Template',
    },
  },
};
