import type { Review } from './kinds.js';

/** Why mail bounces, those people see most often first. */
export const REASONS: NonNullable<Review['guess']['reason']>[] = [
  ...(['userunknown', 'mailboxfull', 'suspend', 'hostunknown', 'hasmoved', 'notaccept', 'filtered'] as const),
  ...([
    'spamdetected',
    'blocked',
    'badreputation',
    'ratelimited',
    'rejected',
    'policyviolation',
    'authfailure',
  ] as const),
  ...(['expired', 'networkerror', 'systemerror', 'mesgtoobig', 'contenterror', 'norelaying', 'undefined'] as const),
];
