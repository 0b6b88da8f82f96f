import type { z } from 'zod';
import type { StarterTemplate } from '#contracts';

export type Starter = z.output<typeof StarterTemplate>;

/** Words that every starter needs, by language. */
const WORDS = {
  'zh-CN': {
    font: "'PingFang SC', 'Microsoft YaHei', Helvetica, Arial, sans-serif",
    webVersion: '在浏览器中查看',
    why: '您收到这封邮件，是因为您订阅了我们的消息。',
    unsubscribe: '退订',
  },
  en: {
    font: 'Helvetica, Arial, sans-serif',
    webVersion: 'View in browser',
    why: 'You receive this because you signed up for our news.',
    unsubscribe: 'Unsubscribe',
  },
} as const;
export type StarterLocale = keyof typeof WORDS;

/** Colours of a design; text on them keeps a contrast of 4.5 : 1 at least. */
export interface Palette {
  page: string;
  accent: string;
  onAccent: string;
  tint: string;
}

/**
 * A whole MJML document around its sections: fonts, colours, a top line with the web version, and the footer with
 * sender, postal address and the way out. Made of type and colour, so that it reads well before any picture is loaded.
 */
export function frame(locale: StarterLocale, title: string, palette: Palette, sections: string): string {
  const { font, webVersion, why, unsubscribe } = WORDS[locale];
  return `<mjml lang="${locale}">
  <mj-head>
    <mj-title>${title}</mj-title>
    <mj-attributes>
      <mj-all font-family="${font}" />
      <mj-text font-size="16px" line-height="1.7" color="#2b2f36" padding="8px 32px" />
      <mj-section background-color="#ffffff" padding="12px 0" />
      <mj-button background-color="${palette.accent}" color="${palette.onAccent}" font-size="16px" font-weight="bold" border-radius="6px" inner-padding="14px 28px" padding="12px 32px" />
      <mj-class name="eyebrow" font-size="13px" letter-spacing="2px" font-weight="bold" color="${palette.accent}" />
      <mj-class name="heading" font-size="22px" line-height="1.4" font-weight="bold" color="#15181d" />
      <mj-class name="small" font-size="13px" line-height="1.6" color="#5b616b" />
    </mj-attributes>
    <mj-style>a { color: ${palette.accent}; } .light a { color: #5b616b; }</mj-style>
  </mj-head>
  <mj-body background-color="${palette.page}" width="600px">
    <mj-section background-color="${palette.page}" padding="12px 0">
      <mj-column>
        <mj-text mj-class="small" align="center" css-class="light"><a href="{{webVersionUrl}}">${webVersion}</a></mj-text>
      </mj-column>
    </mj-section>
${sections}
    <mj-section background-color="${palette.page}" padding="20px 0 32px">
      <mj-column>
        <mj-text mj-class="small" align="center" css-class="light">
          <strong>{{workspace.name}}</strong>{{#if workspace.postalAddress}}<br />{{workspace.postalAddress}}{{/if}}<br />
          ${why} <a href="{{unsubscribeUrl}}">${unsubscribe}</a>
        </mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
`;
}
