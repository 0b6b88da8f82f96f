import { NEWSLETTER } from './newsletter.js';
import { PROMOTION } from './promotion.js';
import type { Starter } from './starter.js';
import { WELCOME } from './welcome.js';

export type { Starter };

/** The starter templates, in the order they are shown. */
export const STARTERS: readonly Starter[] = [...WELCOME, ...PROMOTION, ...NEWSLETTER];
