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
    mistake: '如果是误操作，请联系发件方重新订阅。',
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
    mistake: 'If this was a mistake, ask the sender to subscribe you again.',
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
