import type { PageLanguage } from './texts.js';

interface FormTexts {
  title: (workspace: string) => string;
  email: string;
  name: string;
  button: string;
  optional: string;
  unsubscribeAnyTime: string;
  oneMore: string;
  oneMoreText: string;
  oneMoreButton: string;
  mailSent: string;
  mailSentText: (email: string) => string;
  notThere: string;
  confirm: string;
  confirmText: (workspace: string, lists: string) => string;
  confirmButton: string;
  subscribed: string;
  subscribedText: (workspace: string) => string;
  closed: string;
  closedText: string;
  tooMany: string;
  tooManyText: string;
  leaveEmpty: string;
  wrong: Record<string, string>;
}

/** Words of the subscription pages where a form has none of its own. */
export const FORM_TEXTS: Record<PageLanguage, FormTexts> = {
  zh: {
    title: (workspace) => `订阅“${workspace}”的邮件`,
    email: '邮箱',
    name: '姓名',
    button: '订阅',
    optional: '（选填）',
    unsubscribeAnyTime: '每封邮件里都有退订链接，可以随时退订。',
    oneMore: '还差一步',
    oneMoreText: '请再点击一次，确认是您本人提交的。',
    oneMoreButton: '确认提交',
    mailSent: '请查收确认邮件',
    mailSentText: (email) => `我们已向 ${email} 发送了一封邮件，点击其中的按钮后订阅才会生效。`,
    notThere: '几分钟内没有收到？请看看垃圾箱，或者检查地址后再提交一次。',
    confirm: '确认订阅',
    confirmText: (workspace, lists) => `您将收到“${workspace}”的：${lists}。`,
    confirmButton: '确认订阅',
    subscribed: '订阅成功',
    subscribedText: (workspace) => `您已订阅“${workspace}”的邮件。`,
    closed: '这个表单已关闭',
    closedText: '链接已失效或订阅已停止。如果仍想订阅，请联系发件方。',
    tooMany: '提交过于频繁',
    tooManyText: '请过几分钟再试。',
    leaveEmpty: '请留空',
    wrong: {
      email: '请输入有效的邮箱地址，例如 name@example.com。',
      required: '请填写这一项。',
      NOT_A_NUMBER: '请输入数字。',
      NOT_A_DATE: '请输入日期，例如 1990-03-05。',
      TOO_LONG: '内容太长，请缩短。',
      other: '内容无效，请检查。',
    },
  },
  en: {
    title: (workspace) => `Subscribe to mail from “${workspace}”`,
    email: 'E-mail address',
    name: 'Name',
    button: 'Subscribe',
    optional: ' (optional)',
    unsubscribeAnyTime: 'Every mail has an unsubscribe link.',
    oneMore: 'One more step',
    oneMoreText: 'Press once more, so that we know it is you.',
    oneMoreButton: 'Yes, subscribe me',
    mailSent: 'Check your inbox',
    mailSentText: (email) => `We sent a mail to ${email}. The button in it completes your subscription.`,
    notThere: 'Nothing after a few minutes? Look into the spam folder, or check the address and try again.',
    confirm: 'Confirm your subscription',
    confirmText: (workspace, lists) => `You will get from “${workspace}”: ${lists}.`,
    confirmButton: 'Confirm subscription',
    subscribed: 'You are subscribed',
    subscribedText: (workspace) => `You will get mail from “${workspace}” from now on.`,
    closed: 'This form is closed',
    closedText:
      'The link is no longer valid, or subscriptions have ended. Ask the sender if you still want to subscribe.',
    tooMany: 'Too many attempts',
    tooManyText: 'Please try again in some minutes.',
    leaveEmpty: 'Leave empty',
    wrong: {
      email: 'Enter a valid address, such as name@example.com.',
      required: 'Please fill this in.',
      NOT_A_NUMBER: 'Enter a number.',
      NOT_A_DATE: 'Enter a date, such as 1990-03-05.',
      TOO_LONG: 'This is too long. Please shorten it.',
      other: 'This is not valid. Please check it.',
    },
  },
};
