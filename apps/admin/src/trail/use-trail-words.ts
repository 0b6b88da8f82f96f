import { useTranslation } from 'react-i18next';
import type { Resource } from '../api/types.js';
import { useProviderName, useReasonName } from '../words/index.js';

type Trail = Resource<'DecisionTrail'>;
export type TrailStep = Trail['steps'][number];
export type Verdict = Pick<Trail, 'verdict' | 'params'>;

/** Words verdicts and steps by their codes; names and codes in them too. */
export function useTrailWords(): { verdict: (of: Verdict) => string; step: (of: TrailStep) => string } {
  const { t, i18n } = useTranslation('trail');
  const bounceReason = useReasonName();
  const providerName = useProviderName();
  const why = (reason: string) => (i18n.exists(`trail:why.${reason}`) ? t(`why.${reason}`) : reason);
  const worded = (code: string, params: Record<string, string | number>) => {
    const bounce = code === 'bounced' || code === 'hard_bounced' || code === 'soft_bounced';
    const { reason, provider } = params;
    return {
      ...params,
      ...(reason !== undefined && { reason: bounce ? bounceReason(String(reason)) : why(String(reason)) }),
      ...(provider !== undefined && { provider: providerName(String(provider)) }),
    };
  };
  return {
    verdict: ({ verdict, params }) => t(`verdict.${verdict}`, worded(verdict, params)),
    step: ({ code, params }) => t(`step.${code}`, worded(code, params)),
  };
}
