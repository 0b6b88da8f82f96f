/**
 * Every asynchronous edge of the system. A job is a hint: what it asks for can be derived from Postgres, and a sweep
 * does so, so a lost job costs seconds, never a message. Jobs carry ids only, never bodies or addresses.
 */
export interface Jobs {
  /** Materialise the audience of a campaign that is `sending`, in chunks. Handled by the sender. */
  'campaign.prepare': { campaignId: string };
  /** At least one batch of the campaign became claimable; wakes a sender. */
  'batch.ready': { campaignId: string };
  /** Try a campaign against simulated providers. Handled by the sender. */
  'rehearsal.run': { rehearsalId: string };
  /** A triggered message is stored and due; wakes a sender. */
  'message.ready': { messageId: string };
  /** Read the stored file of an import, stage it, merge it. Handled by the api. */
  'import.run': { importId: string };
  /** Judge the members of a list, apply what was chosen about them, or undo it: whichever its state asks for. By the api. */
  'cleaning.run': { cleaningId: string };
  /** Ask for the links of a draft and count who lacks what it says. By the api. */
  'preflight.run': { campaignId: string };
  /** Count a segment whose rule nobody has counted yet. By the api. */
  'segment.count': { segmentId: string };
}
export type JobName = keyof Jobs;

/** Which process works on which job; platform/queue refuses to start a process that lacks a handler. */
export const JOB_OWNERS = {
  'campaign.prepare': 'sender',
  'batch.ready': 'sender',
  'message.ready': 'sender',
  'rehearsal.run': 'sender',
  'import.run': 'api',
  'cleaning.run': 'api',
  'preflight.run': 'api',
  'segment.count': 'api',
} as const satisfies Record<JobName, string>;
export type JobsOf<Owner extends string> = {
  [N in JobName]: (typeof JOB_OWNERS)[N] extends Owner ? N : never;
}[JobName];
