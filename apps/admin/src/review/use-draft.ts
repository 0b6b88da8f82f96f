import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../api/client.js';
import { ABOUT_SOMEBODY, type Kind, type Review } from './kinds.js';

type Reason = NonNullable<Review['guess']['reason']>;
type Recipient = Review['guess']['recipient'];

/** What is sent for a mail. */
export interface Draft {
  kind: Kind;
  reason: Reason | null;
  recipient: Recipient;
}

/** A mail with what the person has changed of the guess so far. */
export interface DraftState {
  review: Review | undefined;
  error: unknown;
  refetch: () => void;
  ready: boolean;
  reason: Reason;
  /** `campaignId:seq` of the candidate; '' for nobody. */
  recipient: string;
  setReason: (reason: Reason) => void;
  setRecipient: (key: string) => void;
  /** The verdict of one kind; of the guess's own for null. */
  of: (kind: Kind | null) => Draft;
}

export const keyOf = ({ campaignId, seq }: NonNullable<Recipient>) => `${campaignId}:${seq}`;

export function useDraft(id: string | null): DraftState {
  const { data, error, refetch } = useQuery({
    queryKey: ['inbound', id, 'review'],
    queryFn: () => answer(api.GET('/api/v1/inbound/{id}/review', { params: { path: { id: id! } } })),
    enabled: id !== null,
  });
  const [changed, setChanged] = useState<{ id: string | null; reason?: Reason; recipient?: string }>({ id: null });
  const mine = changed.id === id ? changed : { id };
  const guess = data?.guess;
  const first = guess?.recipient ?? data?.candidates[0] ?? null;
  const reason = mine.reason ?? guess?.reason ?? 'undefined';
  const recipient = mine.recipient ?? (first ? keyOf(first) : '');
  return {
    review: data,
    error,
    refetch: () => void refetch(),
    ready: data !== undefined && data.verdict === null,
    reason,
    recipient,
    setReason: (value) => setChanged({ ...mine, reason: value }),
    setRecipient: (value) => setChanged({ ...mine, recipient: value }),
    of: (wanted) => {
      const kind = wanted ?? guess?.kind ?? 'other';
      const about = data?.candidates.find((candidate) => keyOf(candidate) === recipient);
      const named = about && ABOUT_SOMEBODY.has(kind) ? { campaignId: about.campaignId, seq: about.seq } : null;
      return { kind, reason: kind === 'bounce' ? reason : null, recipient: named };
    },
  };
}
