import type { z } from 'zod';
import type {
  ContactStatus,
  DateTest,
  MembershipStatus,
  NumberTest,
  SEGMENT_ACTIVITIES,
  SEGMENT_OUTCOMES,
  SegmentCondition,
  SegmentPeriod,
  SuppressionReason,
  TextTest,
} from '#contracts';

/** A test of a value that is no truth value. */
export type ValueTest =
  z.infer<typeof TextTest> | z.infer<typeof NumberTest> | z.infer<typeof DateTest> | z.infer<typeof SegmentPeriod>;
type Period = z.infer<typeof SegmentPeriod>;
type Property = Extract<SegmentCondition, { kind: 'property' }>['property'];

/** How one language says what a rule asks; names come quoted and listed already. */
export interface Words {
  sentence(text: string): string;
  and: string;
  or: string;
  group(text: string): string;
  noneOf(text: string): string;
  quote(name: string): string;
  listed(names: readonly string[]): string;
  either(names: readonly string[]): string;
  goneList: string;
  goneCampaign: string;
  goneField(key: string): string;
  property: Record<Property, string>;
  created: string;
  test(subject: string, test: ValueTest): string;
  truth(subject: string, value: boolean): string;
  /** Null for *ever*. */
  period(period: Period): string | null;
  tag: Record<'any' | 'all' | 'none', (names: string, count: number) => string>;
  membership: Record<MembershipStatus | 'any', string>;
  list(op: 'any' | 'all' | 'none', status: string, names: string, count: number): string;
  consent(has: boolean, what: { lists: string | null; source: string | null; when: string | null }): string;
  status: Record<ContactStatus, string>;
  statusIs: string;
  provider(id: string): string;
  providerIs: string;
  oneOf(subject: string, is: boolean, names: string): string;
  reason: Record<SuppressionReason, string>;
  suppressed(is: boolean, reasons: string | null): string;
  did: Record<(typeof SEGMENT_ACTIVITIES)[number], Verb>;
  activity(
    did: boolean,
    verb: Verb,
    what: {
      campaigns: string | null;
      url: string | null;
      when: string | null;
      atLeast: number | null;
      machine: boolean;
    },
  ): string;
  outcome: Record<(typeof SEGMENT_OUTCOMES)[number], string>;
  recipient(
    is: boolean,
    campaign: string,
    outcome: string,
    what: { link: number | null; reason: string | null; provider: string | null },
  ): string;
}

/** What somebody did and did not do, with and without a named campaign. */
export interface Verb {
  did: string;
  didNot: string;
  /** What stands for a campaign where none is named; empty where it is about none. */
  any: string;
}
