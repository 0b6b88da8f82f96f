import type { Locale } from '#contracts';

interface Words {
  subject: string;
  lead: string;
  button: string;
  link: string;
  ignore: string;
}

const WORDS: Record<Locale, Words> = {
  'zh-CN': {
    subject: '请确认您的订阅：{{data.workspace}}',
    lead: '您（或其他人）用这个邮箱申请订阅“{{data.workspace}}”的：{{data.lists}}。请点击下面的按钮确认。',
    button: '确认订阅',
    link: '如果按钮无法点击，请把这个链接复制到浏览器中打开：',
    ignore: '链接在 7 天内有效。如果不是您本人操作，请忽略这封邮件，我们不会再发送任何内容。',
  },
  en: {
    subject: 'Please confirm your subscription: {{data.workspace}}',
    lead: 'You, or somebody else, asked with this address for mail from “{{data.workspace}}”: {{data.lists}}. Please confirm with the button below.',
    button: 'Confirm subscription',
    link: 'If the button does not work, open this address in your browser:',
    ignore: 'The link is valid for 7 days. If this was not you, ignore this mail and nothing more will be sent.',
  },
};

/** The mail that asks the owner of an address; `data` has workspace, lists and url. */
export function confirmationContent(locale: Locale): { subject: string; html: string; text: string } {
  const { subject, lead, button, link, ignore } = WORDS[locale];
  const p = (text: string, more = '') => `<p style="margin:0 0 20px;${more}">${text}</p>`;
  const html = `<!doctype html><html lang="${locale}"><body style="margin:0;padding:24px 12px;background:#f3f6f8">
<div style="max-width:520px;margin:0 auto;padding:32px 28px;background:#ffffff;border-radius:12px;font:16px/1.7 Arial,'PingFang SC','Microsoft YaHei',sans-serif;color:#1d2733">
${p(lead)}<p style="margin:0 0 24px"><a href="{{data.url}}" style="display:inline-block;padding:12px 28px;background:#0b5cad;border-radius:8px;color:#ffffff;font-weight:600;text-decoration:none">${button}</a></p>
${p(`${link}<br>{{data.url}}`, 'font-size:14px;color:#5c6b7a;word-break:break-all')}${p(ignore, 'font-size:14px;color:#5c6b7a')}
</div></body></html>`;
  return { subject, html, text: `${lead}\n\n${button}: {{data.url}}\n\n${ignore}\n` };
}
