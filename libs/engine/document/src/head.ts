import { FONT_STACKS } from '#contracts';
import { DARK, onDark } from './colors.js';
import type { DocumentContext } from './context.js';
import type { MjmlNode } from './mjml-node.js';

/** Below this the columns stand under one another; mjml's own. */
const MOBILE = '@media only screen and (max-width:480px)';

/** Defaults, and the styles that only whole style sheets can say: what is hidden where, and how it looks dark. */
export function headOf({ settings, colors }: DocumentContext): MjmlNode {
  const { font, fontSize, lineHeight, color, darkMode } = settings;
  const schemes = darkMode === 'auto' ? 'light dark' : 'light only';
  const text = { 'font-size': `${fontSize}px`, 'line-height': lineHeight, color, padding: '0' };
  const styles = [
    `:root{color-scheme:${schemes};supported-color-schemes:${schemes}}`,
    `${MOBILE}{.hy-hide-mobile{display:none!important}.hy-show-section{display:block!important}.hy-show-block{display:table-cell!important}.hy-half{max-width:100%!important;width:100%!important}.hy-half-text{padding:12px 0 0!important}}`,
    ...(darkMode === 'auto' ? [darkStyles([...colors])] : []),
  ];
  return {
    tagName: 'mj-head',
    children: [
      {
        tagName: 'mj-attributes',
        children: [
          { tagName: 'mj-all', attributes: { 'font-family': FONT_STACKS[font] } },
          { tagName: 'mj-text', attributes: text },
        ],
      },
      {
        tagName: 'mj-raw',
        content: `<meta name="color-scheme" content="${schemes}"><meta name="supported-color-schemes" content="${schemes}">`,
      },
      { tagName: 'mj-style', content: styles.join('\n') },
      {
        tagName: 'mj-style',
        attributes: { inline: 'inline' },
        content: '.hy-hide-desktop{display:none;mso-hide:all}',
      },
    ],
  };
}

function darkStyles(colors: string[]): string {
  const rules = [
    `.hy-page,.hy-page>div{background-color:${DARK.page}!important}`,
    `.hy-d,.hy-d>table{background:${DARK.content}!important;background-color:${DARK.content}!important}`,
    `.hy-t div{color:${DARK.text}!important}`,
    `.hy-line p{border-top-color:${DARK.line}!important}`,
    ...colors.map((color) => `.hy-c${color.slice(1)},.hy-c${color.slice(1)}>div{color:${onDark(color)}!important}`),
  ];
  return `@media (prefers-color-scheme:dark){${rules.join('')}}`;
}
