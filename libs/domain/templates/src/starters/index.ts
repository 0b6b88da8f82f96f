import type { Starter } from './frame.js';
import { newsletter } from './newsletter.js';
import { promotion } from './promotion.js';
import { welcome } from './welcome.js';

/** Templates to begin with: three designs, each in both languages. */
export const STARTERS: Starter[] = (['zh-CN', 'en'] as const).flatMap((locale) => [
  welcome(locale),
  newsletter(locale),
  promotion(locale),
]);
