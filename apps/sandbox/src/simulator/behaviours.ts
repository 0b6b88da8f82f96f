/** Something a simulated recipient, or the machine in front of one, does after a message was taken. */
export type Reaction =
  | 'bounce-unknown'
  | 'bounce-full'
  | 'bounce-expired'
  | 'complaint'
  | 'out-of-office'
  | 'reply'
  | 'unsubscribe-mail'
  | 'unsubscribe'
  | 'open'
  | 'click'
  | 'scan'
  | 'proxy-open';

/** What one kind of recipient does. */
export interface Behaviour {
  /** Refused at RCPT TO: for good, for policy, or at the first attempt only. */
  refuse?: 'unknown' | 'blocked' | 'greylist';
  /** Milliseconds the reply after the final dot is held back. */
  holdReply?: number;
  reactions: Reaction[];
}

/** Local parts at simulator.test; `hard-bounce+7@` and `hard-bounce-7@` behave like `hard-bounce@`. */
export const BEHAVIOURS = {
  success: { reactions: [] },
  'hard-bounce': { reactions: ['bounce-unknown'] },
  refuse: { refuse: 'unknown', reactions: [] },
  'soft-bounce': { reactions: ['bounce-expired'] },
  'mailbox-full': { reactions: ['bounce-full'] },
  greylist: { refuse: 'greylist', reactions: [] },
  block: { refuse: 'blocked', reactions: [] },
  complaint: { reactions: ['complaint'] },
  'out-of-office': { reactions: ['out-of-office'] },
  reply: { reactions: ['reply'] },
  unsubscribe: { reactions: ['unsubscribe'] },
  'unsubscribe-mail': { reactions: ['unsubscribe-mail'] },
  slow: { holdReply: 5000, reactions: [] },
  open: { reactions: ['open'] },
  click: { reactions: ['open', 'click'] },
  scanner: { reactions: ['scan'] },
  'proxy-open': { reactions: ['proxy-open'] },
} satisfies Record<string, Behaviour>;

export type BehaviourName = keyof typeof BEHAVIOURS;

/** How long each reaction takes at time scale 1, in milliseconds: earliest and latest. */
export const REACTION_DELAY: Record<Reaction, [number, number]> = {
  'bounce-unknown': [300, 3000],
  'bounce-full': [300, 3000],
  'bounce-expired': [1000, 5000],
  complaint: [2000, 5000],
  'out-of-office': [300, 2000],
  reply: [2000, 6000],
  'unsubscribe-mail': [1500, 4000],
  unsubscribe: [1500, 4000],
  open: [500, 3000],
  click: [3000, 5000],
  scan: [50, 500],
  'proxy-open': [50, 800],
};

const mails: Reaction[] = ['bounce-unknown', 'bounce-full', 'bounce-expired', 'complaint', 'out-of-office', 'reply'];

/** Whether a reaction is a mail to the inbound listener; the others are web requests. */
export function isMail(reaction: Reaction): boolean {
  return mails.includes(reaction) || reaction === 'unsubscribe-mail';
}
