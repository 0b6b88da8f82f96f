import { bounceGroup } from '#contracts';
import type { BounceReason, InboundKind, InboundReview, InboundVerdict } from '#contracts';
import { classifyReply } from '#engine/bounce-rules';
import type { Candidate } from './candidates.js';

type Guess = InboundReview['guess'];

/** Kinds that say something about one recipient. */
const ABOUT_SOMEBODY: ReadonlySet<InboundKind> = new Set(['bounce', 'complaint', 'unsubscribe', 'reply', 'auto-reply']);

/**
 * What a mail most likely is, with what speaks for it: what the engine found, else what its words say.
 * @param words what the mail itself says
 * @param person what speaks for somebody who wrote to us
 */
export function guessOf(
  verdict: InboundVerdict | null,
  words: string,
  candidates: readonly Candidate[],
  person: Guess['because'],
): Guess {
  const because: Guess['because'] = [];
  const { kind, reason } =
    verdict && verdict.kind !== 'other' ? byEngine(verdict, because) : byWords(words, because, person);
  const [first] = candidates;
  const recipient = first && ABOUT_SOMEBODY.has(kind) ? { campaignId: first.campaignId, seq: first.seq } : null;
  if (recipient && first) because.push({ code: first.proof, detail: first.email });
  return { kind, reason: kind === 'bounce' ? reason : null, recipient, because };
}

interface What {
  kind: InboundKind;
  reason: BounceReason | null;
}

function byEngine({ kind, rule, recipients }: InboundVerdict, because: Guess['because']): What {
  const about = recipients.find((each) => each.action === 'failed') ?? recipients[0];
  because.push({ code: 'engine', detail: rule });
  if (kind === 'bounce' && about) because.push({ code: 'words', detail: about.rule });
  return { kind, reason: about?.reason ?? 'undefined' };
}

function byWords(words: string, because: Guess['because'], person: Guess['because']): What {
  // People quote what servers say; servers don't ask.
  if (person.length > 0) {
    because.push(...person);
    return { kind: 'reply', reason: null };
  }
  const { reason, rule } = classifyReply({ code: null, enhanced: null, text: words });
  if (bounceGroup(reason) === 'unknown') {
    because.push({ code: 'nothing', detail: '' });
    return { kind: 'other', reason: null };
  }
  because.push({ code: 'words', detail: rule });
  return { kind: 'bounce', reason };
}

/** Why a person has to look, from what the processing noted. */
export function causeOf(status: string, summary: string): InboundReview['cause'] {
  if (status === 'quarantined') return 'quarantined';
  if (/without a valid token/.test(summary)) return 'no-token';
  if (/several recipients/.test(summary)) return 'several';
  if (/unsubscribe address/.test(summary)) return 'address';
  return /not recognised/.test(summary) ? 'not-recognised' : 'unclear';
}
