import { holiday, launch, promotion, welcome } from './announcing.js';
import type { Starter } from './parts.js';
import { invitation, letter, newsletter, receipt, survey, winback } from './writing.js';

const DESIGNS = { welcome, promotion, launch, newsletter, invitation, holiday, survey, winback, receipt, letter };

/** Templates to begin with: ten designs of type and colour, each in both languages, which load nothing. */
export const STARTERS: Starter[] = (['zh-CN', 'en'] as const).flatMap((locale) =>
  Object.entries(DESIGNS).map(([key, design]): Starter => {
    const { name, description, subject, preheader } = design[locale];
    const rest = { html: null, mjml: null, text: null, document: design.build(locale) };
    return { key, locale, name, description, subject, preheader, ...rest };
  }),
);
