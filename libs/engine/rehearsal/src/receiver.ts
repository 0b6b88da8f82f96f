import type { SendOutcome } from '#contracts';
import { asRetryable, noAnswers, readAnswer } from '#engine/pace';
import type { Answers } from '#engine/pace';
import { MessageBucket, greylistText, simulatedProvider } from '#engine/simulated-providers';
import type { Provider, ReplyText } from '#engine/simulated-providers';
import { binomial } from './random.js';

/** Part of the first attempts at companies' servers that are put off because they have not seen us before. */
const GREYLISTED = 0.05;

const GREYLISTING = readAnswer(outcomeOf(greylistText));

/** What became of some messages that were handed to a receiver at once. */
export interface Reception {
  accepted: number;
  /** Put off because of the pace, and for other reasons. */
  slowed: number;
  deferred: number;
  rejected: number;
  /** Of those accepted, what comes back later. */
  bouncedHard: number;
  bouncedSoft: number;
  complained: number;
  /** As the pace learns from it. */
  answers: Answers;
}

/** A simulated mailbox provider from the view of one SMTP account: limits, words and shares of the sandbox's. */
export class Receiver {
  private readonly provider: Provider;
  private readonly bucket = new MessageBucket();
  private readonly refusal: SendOutcome;
  private readonly greylists: boolean;

  /** @param limitScale factor on the provider's limits */
  constructor(
    mailboxProvider: string,
    private readonly limitScale: number,
    private readonly random: () => number,
  ) {
    this.provider = simulatedProvider(mailboxProvider);
    this.refusal = asRetryable(outcomeOf(this.provider.texts.messagesPerMinute));
    this.greylists = this.provider.key === 'corp';
  }

  /** @param first number of those that were never tried before */
  take(count: number, first: number, nowMs: number): Reception {
    const perMinute = this.provider.limits.messagesPerMinute * this.limitScale;
    let within = 0;
    while (within < count && this.bucket.take(nowMs, perMinute)) within += 1;
    const put = this.greylists ? binomial(Math.min(first, within), GREYLISTED, this.random) : 0;
    const accepted = within - put;
    const { shares } = this.provider;
    const refused = count - within;
    const kind = readAnswer(this.refusal);
    const answers = noAnswers();
    answers.accepted = accepted;
    answers[GREYLISTING] += put;
    answers[kind] += refused;
    if (refused > 0) answers.said = this.refusal.text;
    return {
      accepted,
      slowed: kind === 'rejected' ? 0 : refused,
      deferred: put,
      rejected: kind === 'rejected' ? refused : 0,
      bouncedHard: binomial(accepted, shares.hardBounce, this.random),
      bouncedSoft: binomial(accepted, shares.mailboxFull, this.random),
      complained: binomial(accepted, shares.complaint, this.random),
      answers,
    };
  }
}

function outcomeOf({ code, lines }: ReplyText): SendOutcome {
  const [, enhanced] = /^([245]\.\d{1,3}\.\d{1,3}) /.exec(lines[0] ?? '') ?? [];
  return {
    kind: code < 500 ? 'deferred' : 'rejected',
    code,
    ...(enhanced ? { enhanced } : {}),
    text: lines.join(' ').slice(0, 500),
  };
}
