import type { UnsubscribeReason } from '#contracts';

/** Languages of the public pages. */
export type PageLanguage = 'zh' | 'en';

interface PageTexts {
  unsubscribe: string;
  question: (workspace: string) => string;
  address: string;
  button: string;
  effect: string;
  done: string;
  doneText: (workspace: string) => string;
  mistake: string;
  why: string;
  reasons: Record<UnsubscribeReason, string>;
  comment: string;
  send: string;
  thanks: string;
  thanksText: string;
  fewer: string;
  preferences: string;
  preferencesText: (workspace: string) => string;
  lists: string;
  noLists: string;
  save: string;
  leaveAll: string;
  saved: string;
  savedText: (names: string) => string;
  savedNone: string;
  back: string;
  test: string;
  testText: string;
  notFound: string;
  notFoundText: string;
  trouble: string;
  troubleText: string;
}

export const PAGE_TEXTS: Record<PageLanguage, PageTexts> = {
  zh: {
    unsubscribe: '退订邮件',
    question: (workspace) => `不想再收到“${workspace}”的邮件？`,
    address: '邮箱',
    button: '确认退订',
    effect: '点击后立即生效，不需要登录。',
    done: '已退订',
    doneText: (workspace) => `您不会再收到“${workspace}”的此类邮件。`,
    mistake: '如果是误操作，可以在订阅偏好中重新订阅。',
    why: '愿意告诉我们原因吗？（选填）',
    reasons: {
      too_many: '邮件太多',
      not_relevant: '内容与我无关',
      never_asked: '我没有订阅过',
      not_readable: '邮件显示不正常',
      other: '其他原因',
    },
    comment: '还想说点什么（选填）',
    send: '提交',
    thanks: '谢谢您的反馈',
    thanksText: '您的意见已经转给发件方。退订已经生效，无需其他操作。',
    fewer: '只想少收一些？管理订阅偏好',
    preferences: '订阅偏好',
    preferencesText: (workspace) => `勾选您想从“${workspace}”收到的内容。`,
    lists: '可订阅的内容',
    noLists: '目前没有可供选择的内容。',
    save: '保存',
    leaveAll: '全部退订',
    saved: '已保存',
    savedText: (names) => `您现在订阅了：${names}。`,
    savedNone: '您现在没有订阅任何内容，不会再收到此类邮件。',
    back: '返回订阅偏好',
    test: '这是一封测试邮件',
    testText: '测试邮件中的链接不对应任何收件人，退订不会产生任何变化。正式发送时，收件人会在这里看到退订页面。',
    notFound: '页面不存在',
    notFoundText: '链接不完整或已失效。请从邮件中重新打开，或直接访问发件方的网站。',
    trouble: '暂时无法处理',
    troubleText: '请稍后再试一次。',
  },
  en: {
    unsubscribe: 'Unsubscribe',
    question: (workspace) => `No more mail from “${workspace}”?`,
    address: 'Address',
    button: 'Unsubscribe',
    effect: 'It takes effect at once. No login needed.',
    done: 'You are unsubscribed',
    doneText: (workspace) => `You will get no more of these mails from “${workspace}”.`,
    mistake: 'If this was a mistake, you can subscribe again under your preferences.',
    why: 'Would you tell us why? (optional)',
    reasons: {
      too_many: 'Too many mails',
      not_relevant: 'Not relevant to me',
      never_asked: 'I never signed up',
      not_readable: 'The mails do not display well',
      other: 'Another reason',
    },
    comment: 'Anything to add (optional)',
    send: 'Send',
    thanks: 'Thank you',
    thanksText: 'The sender will read what you said. You are unsubscribed; nothing else needs to be done.',
    fewer: 'Rather fewer mails? Change your preferences',
    preferences: 'Your subscriptions',
    preferencesText: (workspace) => `Tick what you want to get from “${workspace}”.`,
    lists: 'What you can get',
    noLists: 'There is nothing to choose at the moment.',
    save: 'Save',
    leaveAll: 'Unsubscribe from all',
    saved: 'Saved',
    savedText: (names) => `You are subscribed to: ${names}.`,
    savedNone: 'You are subscribed to nothing and will get no more of these mails.',
    back: 'Back to your subscriptions',
    test: 'This is a test message',
    testText:
      'Links of a test message belong to no recipient, so nothing changes. In a real message, recipients find the unsubscribe page here.',
    notFound: 'There is no such page',
    notFoundText:
      'The link is incomplete or no longer valid. Open it from the mail again, or go to the sender’s website.',
    trouble: 'This did not work',
    troubleText: 'Please try again in a moment.',
  },
};

/** The language a browser prefers of the two, by RFC 9110 section 12.5.4; `fallback` when it names neither. */
export function preferredLanguage(header: string | undefined, fallback: PageLanguage = 'en'): PageLanguage {
  const wishes = (header ?? '')
    .slice(0, 200)
    .split(',')
    .map((entry) => {
      const [tag = '', ...parameters] = entry.trim().toLowerCase().split(';');
      const q = parameters.map((parameter) => /^\s*q=([\d.]{1,5})$/.exec(parameter)?.[1]).find(Boolean);
      return { language: tag.split('-')[0], q: q === undefined ? 1 : Number(q) };
    })
    .filter((wish) => wish.q > 0)
    .sort((a, b) => b.q - a.q);
  const first = wishes.find(({ language }) => language === 'zh' || language === 'en')?.language;
  if (first === 'zh' || first === 'en') return first;
  return wishes.length > 0 && wishes[0]?.language ? 'en' : fallback;
}
