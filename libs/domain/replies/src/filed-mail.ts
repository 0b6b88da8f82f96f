import type { InboundKind, InboundVerdict, ReplyKind } from '#contracts';
import type { Proven, ReplySubject } from './find-subject.js';

/** A mail on its way into the inbox. */
export interface FiledMail extends Proven {
  inboundMessageId: string;
  workspaceId: string;
  receivedAt: Date;
  kind: InboundKind;
  verdict: Pick<InboundVerdict, 'rule' | 'from' | 'subject' | 'visibleReply'> | null;
  /** A person has decided what it is: then it is shown even where it answers nothing we know. */
  byPerson?: boolean;
}

/** A mail that belongs into the inbox. */
export type InboxMail = FiledMail & { kind: ReplyKind };

/** How a mail found its thread. */
export type Matched = 'token' | 'sender' | 'person';

/** A mail with the thread it belongs to. */
export interface ThreadedMail {
  mail: InboxMail;
  about: ReplySubject;
  matched: Matched;
}
