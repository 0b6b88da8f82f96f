/** Text of a starter's fixed parts, by language. */
export interface FrameText {
  /** In the head of the mail, above the content. */
  webVersion: string;
  reason: string;
  unsubscribe: string;
}

export const FRAME_TEXT: Record<'zh-CN' | 'en', FrameText> = {
  'zh-CN': {
    webVersion: '看不清？在线查看',
    reason: '您收到这封邮件，是因为您订阅了我们的消息。',
    unsubscribe: '退订',
  },
  en: {
    webVersion: 'Trouble reading this? View it in your browser',
    reason: 'You receive this message because you subscribed to our news.',
    unsubscribe: 'Unsubscribe',
  },
};

const FONT = `Arial,'PingFang SC','Microsoft YaHei',sans-serif`;

/** The common frame of the starters: one column of 600 px, a head line, and a footer with the way out. */
export function frame(locale: 'zh-CN' | 'en', accent: string, sections: string): string {
  const text = FRAME_TEXT[locale];
  return `<mjml lang="${locale}">
  <mj-head>
    <mj-attributes>
      <mj-all font-family="${FONT}" />
      <mj-text font-size="16px" line-height="1.7" color="#262626" />
      <mj-button background-color="${accent}" color="#ffffff" font-size="16px" border-radius="6px" inner-padding="14px 32px" />
    </mj-attributes>
    <mj-style>a { color: ${accent}; }</mj-style>
  </mj-head>
  <mj-body background-color="#f4f5f7">
    <mj-section padding="12px 24px 8px">
      <mj-column>
        <mj-text align="right" font-size="12px" color="#595959" padding="0"><a href="{{webVersionUrl}}" style="color:#595959">${text.webVersion}</a></mj-text>
      </mj-column>
    </mj-section>
    <mj-section background-color="${accent}" border-radius="8px 8px 0 0" padding="20px 24px">
      <mj-column>
        <mj-text font-size="20px" font-weight="bold" color="#ffffff" padding="0">{{workspace.name}}</mj-text>
      </mj-column>
    </mj-section>
${sections}
    <mj-section padding="20px 24px 32px">
      <mj-column>
        <mj-text align="center" font-size="12px" line-height="1.8" color="#595959" padding="0">
          ${text.reason}<br />
          {{workspace.name}}{{#if workspace.postalAddress}} · {{workspace.postalAddress}}{{/if}}<br />
          <a href="{{unsubscribeUrl}}" style="color:#595959">${text.unsubscribe}</a>
        </mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
`;
}

/** A white section of one column. */
export function section(content: string, padding = '28px 32px'): string {
  return `    <mj-section background-color="#ffffff" padding="${padding}">
      <mj-column padding="0">
${content}
      </mj-column>
    </mj-section>`;
}
