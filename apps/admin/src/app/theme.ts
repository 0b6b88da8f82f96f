import type { ThemeConfig } from 'antd';

export const FONT_FAMILY = "Arial,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif";

/**
 * antd's own greys miss WCAG AA on white. The `*Bg` seeds stand here too: antd derives a grey from a dark seed,
 * which brings the contrast of the text on it below 4.5.
 */
export const theme: ThemeConfig = {
  token: {
    fontFamily: FONT_FAMILY,
    colorPrimary: '#1554ad',
    colorPrimaryBg: '#e8f0fb',
    colorPrimaryBgHover: '#d6e4f7',
    colorLink: '#1554ad',
    colorTextDescription: '#595959',
    colorTextTertiary: '#595959',
    colorTextQuaternary: '#6b6b6b',
    colorTextPlaceholder: '#6b6b6b',
    colorTextDisabled: '#757575',
    colorInfo: '#1554ad',
    colorInfoBg: '#e8f0fb',
    colorInfoBorder: '#b9d0ee',
    colorSuccess: '#237804',
    colorSuccessBg: '#f6ffed',
    colorSuccessBorder: '#b7eb8f',
    colorWarning: '#874d00',
    colorWarningBg: '#fffbe6',
    colorWarningBorder: '#ffe58f',
    colorError: '#a8071a',
    colorErrorBg: '#fff2f0',
    colorErrorBorder: '#ffccc7',
    borderRadius: 6,
  },
  components: {
    Layout: { headerBg: '#ffffff', headerHeight: 56, headerPadding: '0 16px', siderBg: '#ffffff', bodyBg: '#f5f6f8' },
    Menu: { itemBorderRadius: 6 },
    // antd's own are the grey of the page, on which a switch and a draft's tag have no edge.
    Segmented: { trackBg: '#e6e9ee' },
    Tag: { defaultBg: '#eceff3' },
  },
};
