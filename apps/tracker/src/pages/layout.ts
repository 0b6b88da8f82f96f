import { createHash } from 'node:crypto';
import type { PageLanguage } from './texts.js';

const STYLE = `*{box-sizing:border-box}html{color-scheme:light dark;--ink:#1d2733;--soft:#5c6b7a;--line:#dfe5ea;--card:#fff;--page:#f3f6f8;--main:#0b5cad;--on:#fff;--bad:#a8071a}
@media(prefers-color-scheme:dark){html{--ink:#e8edf2;--soft:#a5b2bf;--line:#33404d;--card:#1b242d;--page:#11181f;--main:#7fbcff;--on:#08203a;--bad:#ff9c9c}}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px 16px;background:var(--page);color:var(--ink);font:16px/1.6 system-ui,Arial,"PingFang SC","Microsoft YaHei",sans-serif}
main{width:100%;max-width:440px;background:var(--card);border:1px solid var(--line);border-radius:14px;padding:32px 28px}
h1{margin:0 0 12px;font-size:24px;line-height:1.3}p{margin:0 0 16px;overflow-wrap:anywhere}.soft{color:var(--soft);font-size:14px;margin:16px 0 0}
dl{margin:0 0 24px;padding:12px 16px;border:1px solid var(--line);border-radius:8px}dt{color:var(--soft);font-size:14px}dd{margin:0;font-weight:600;overflow-wrap:anywhere}
button{width:100%;min-height:48px;padding:12px 16px;border:0;border-radius:8px;background:var(--main);color:var(--on);font:inherit;font-weight:600;cursor:pointer}
button.plain{background:none;border:1px solid var(--line);color:var(--ink);margin-top:12px}
a{color:var(--main)}:focus-visible{outline:3px solid var(--ink);outline-offset:3px}
fieldset{margin:0 0 20px;padding:0;border:0}legend{padding:0;margin:0 0 8px;font-weight:600}label.field{display:block;margin:0 0 16px;font-weight:600}
input[type=text],input[type=email],input[type=number],input[type=date],textarea{display:block;width:100%;min-height:44px;margin-top:4px;padding:10px 12px;border:1px solid var(--soft);border-radius:8px;background:var(--card);color:var(--ink);font:inherit;font-weight:400}
.choice{display:flex;gap:12px;align-items:flex-start;padding:10px 0;border-top:1px solid var(--line);cursor:pointer}.choice input{width:20px;height:20px;margin:3px 0 0;flex:none;accent-color:var(--main)}.choice small{display:block;color:var(--soft);font-size:14px}
.error{display:block;margin-top:4px;color:var(--bad);font-size:14px}.consent{margin:0 0 16px}.hide{position:absolute;left:-9999px}hr{border:0;border-top:1px solid var(--line);margin:24px 0}
ul.mails{list-style:none;margin:0;padding:0}.mails li{padding:14px 0;border-top:1px solid var(--line)}.mails time{display:block;color:var(--soft);font-size:14px}.mails a{font-weight:600;overflow-wrap:anywhere}.mails p{margin:4px 0 0;color:var(--soft);font-size:14px}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;margin:0}`;

/** The pages carry one style sheet and nothing else: no script, no picture, no other origin. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** A whole page. `body` is HTML; everything in it that came from elsewhere has been through {@link escapeHtml}. */
export function page(language: PageLanguage, title: string, body: string, { indexed = false } = {}): string {
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">${indexed ? '' : '<meta name="robots" content="noindex">'}
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>${body}</main></body>
</html>
`;
}

/** Text as it stands in HTML and in attribute values. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
