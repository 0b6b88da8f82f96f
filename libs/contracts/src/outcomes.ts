/**
 * What the wire says about one recipient. A value, never an exception: expected results of sending are data.
 *
 * - `accepted`: the next server answered the final dot with 2xx (it is not *delivered* yet).
 * - `deferred`: a 4xx for this recipient; retry later.
 * - `rejected`: a 5xx for this recipient; final.
 * - `unreachable`: no message was transferred (connect, TLS, AUTH or session trouble); says nothing of the recipient.
 * - `uncertain`: the connection died after the body began to leave and before the reply (RFC 5321 section 4.5.4.1
 *   leaves both sides free to think what they like); never re-sent silently.
 */
export type OutcomeKind = 'accepted' | 'deferred' | 'rejected' | 'unreachable' | 'uncertain';

export interface SendOutcome {
  kind: OutcomeKind;
  /** SMTP reply code, when a reply was read. */
  code?: number;
  /** RFC 3463 enhanced status code such as `5.1.1`, when the reply carried one. */
  enhanced?: string;
  /** The server's words, or ours for `unreachable` and `uncertain`; at most 500 characters. */
  text: string;
  /** With `unreachable`: the server refuses this sender (MAIL FROM) for good, whoever the recipient is. */
  senderRefused?: true;
}

/** One entry of a recipient's attempt log, oldest first. */
export interface DeliveryAttempt extends SendOutcome {
  /** RFC 3339 instant. */
  at: string;
  /** Empty where nobody knows any more. */
  smtpAccountId: string;
  /** With `uncertain`: the sender stopped while the message was on the wire, so nobody heard how it ended. */
  senderStopped?: true;
}
