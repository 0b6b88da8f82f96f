import { useTranslation } from 'react-i18next';
import type { Resource } from '../api/types.js';
import { useReasonName } from '../words/index.js';

export type InboundMessage = Resource<'InboundMessage'>;

/** What a message did, in the user's language: from its state and kind, and for bounces from the reason it names. */
export function useEffectText(): (message: InboundMessage) => string {
  const { t } = useTranslation('inbound');
  const reasonName = useReasonName();
  return ({ status, kind, summary }) => {
    if (status !== 'applied' && status !== 'review') return t(`effect.${status}`);
    if (summary.endsWith('(known already)')) return t('effect.known');
    const bounce = /^(hard bounce|soft bounce|we are blocked): ([a-z]{1,40})/.exec(summary);
    if (bounce) {
      const how = bounce[1] === 'hard bounce' ? 'hard' : bounce[1] === 'soft bounce' ? 'soft' : 'blocked';
      const said = t(`effect.${how}`, { reason: reasonName(bounce[2]!) });
      return status === 'review' ? t('effect.withReview', { said }) : said;
    }
    if (status === 'applied' && kind) return t(`effect.kind.${kind}`);
    if (/without a valid token/.test(summary)) return t('effect.untrusted');
    if (/several recipients/.test(summary)) return t('effect.several');
    return t('effect.review');
  };
}
