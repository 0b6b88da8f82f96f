/** A template to start from, as it ships with the product. */
export interface Starter {
  key: 'welcome' | 'promotion' | 'newsletter';
  locale: 'zh-CN' | 'en';
  name: string;
  description: string;
  subject: string;
  preheader: string;
  mjml: string;
}
