/** A tree of texts; leaves hold i18next placeholders such as `{{count}}`. */
export interface MessageTree {
  [key: string]: string | MessageTree;
}

/** Texts of one feature in both languages. Both trees have the same keys and placeholders (messages.spec.ts). */
export interface Messages {
  zh: MessageTree;
  en: MessageTree;
}

/** The languages of the product, as the API names them. */
export const LOCALES = ['zh-CN', 'en'] as const;
export type UiLocale = (typeof LOCALES)[number];
