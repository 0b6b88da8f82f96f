import type { Locale } from '#contracts';

interface Words {
  subject: string;
  lead: string;
  button: string;
  link: string;
  ignore: string;
}

const WORDS: Record<Locale, (host: string, minutes: number) => Words> = {
  'zh-CN': (host, minutes) => ({
    subject: '重置您的鸿雁密码',
    lead: `有人在 ${host} 为这个账号申请重置密码。请点击下面的按钮设置新密码。`,
    button: '设置新密码',
    link: '如果按钮无法点击，请把这个链接复制到浏览器中打开：',
    ignore: `链接在 ${minutes} 分钟内有效，只能使用一次。如果不是您本人操作，请忽略这封邮件，密码不会改变。`,
  }),
  en: (host, minutes) => ({
    subject: 'Reset your Hongyan password',
    lead: `Somebody asked at ${host} for a new password for this account. Set one with the button below.`,
    button: 'Set a new password',
    link: 'If the button does not work, open this address in your browser:',
    ignore: `The link is valid for ${minutes} minutes and works once. If this was not you, ignore this mail: your password stays as it is.`,
  }),
};

/**
 * The mail with a link to a new password. The token stands behind the `#`, which a browser sends to nobody.
 * @param publicUrl where the admin UI is
 */
export function resetLetter(
  locale: Locale,
  { publicUrl, token, minutes }: { publicUrl: string; token: string; minutes: number },
): { subject: string; html: string; text: string } {
  const { subject, lead, button, link, ignore } = WORDS[locale](new URL(publicUrl).host, minutes);
  const url = resetUrl(publicUrl, token);
  const p = (text: string, more = '') => `<p style="margin:0 0 20px;${more}">${text}</p>`;
  const html = `<!doctype html><html lang="${locale}"><body style="margin:0;padding:24px 12px;background:#f3f6f8">
<div style="max-width:520px;margin:0 auto;padding:32px 28px;background:#ffffff;border-radius:12px;font:16px/1.7 Arial,'PingFang SC','Microsoft YaHei',sans-serif;color:#1d2733">
${p(lead)}<p style="margin:0 0 24px"><a href="${url}" style="display:inline-block;padding:12px 28px;background:#0b5cad;border-radius:8px;color:#ffffff;font-weight:600;text-decoration:none">${button}</a></p>
${p(`${link}<br>${url}`, 'font-size:14px;color:#5c6b7a;word-break:break-all')}${p(ignore, 'font-size:14px;color:#5c6b7a')}
</div></body></html>`;
  return { subject, html, text: `${lead}\n\n${button}: ${url}\n\n${ignore}\n` };
}

/** The page that takes a token. */
export function resetUrl(publicUrl: string, token: string): string {
  return `${publicUrl.replace(/\/+$/, '')}/reset#${token}`;
}
