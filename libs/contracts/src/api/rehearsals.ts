import { z } from 'zod';
import { EXCLUSION_REASONS } from '../statuses.js';
import { Id, Instant, PageQuery } from './conventions.js';

export const REHEARSAL_STATUSES = ['queued', 'running', 'done', 'cancelled', 'failed'] as const;
export type RehearsalStatus = (typeof REHEARSAL_STATUSES)[number];
export const REHEARSAL_PHASES = ['audience', 'rendering', 'sending'] as const;
export type RehearsalPhase = (typeof REHEARSAL_PHASES)[number];

/** What a rehearsal found that a person should know before the start. */
export const REHEARSAL_FINDINGS = [
  'NOBODY',
  'NO_ACCOUNT',
  'RENDER_FAILED',
  'MISSING_DATA',
  'SIZE_CLIPPED',
  'EXPIRED',
  'PROVIDER_SLOWED',
  'ACCOUNT_LIMIT',
  'FEW_CONNECTIONS',
] as const;
export type RehearsalFinding = (typeof REHEARSAL_FINDINGS)[number];

/** How strict the simulated providers are: as in the sandbox, or with a tenth or a fiftieth of their limits. */
export const STRICTNESS = { generous: 1, usual: 0.1, strict: 0.02 } as const;
export type Strictness = keyof typeof STRICTNESS;

export const RehearsalBody = z
  .object({
    providers: z
      .enum(Object.keys(STRICTNESS) as [Strictness, ...Strictness[]])
      .default('usual')
      .meta({
        description: 'how much the simulated providers take',
      }),
    sample: z.number().int().min(1).max(10_000).default(1_000).meta({
      description: 'most recipients whose message is really made; spread over the whole audience',
    }),
  })
  .prefault({});
export const RehearsalQuery = PageQuery.pick({ limit: true, cursor: true });

const int = () => z.number().int();
const counts = {
  accepted: int(),
  slowed: int().meta({ description: 'answers that asked for a slower pace; each is tried again' }),
  deferred: int().meta({ description: 'answers that put a message off for another reason' }),
  rejected: int(),
  expired: int().meta({ description: 'not through by the deadline' }),
  bouncedHard: int().meta({ description: 'of those accepted' }),
  bouncedSoft: int(),
  complained: int(),
};

export const Prediction = z.object({
  campaignVersion: int().meta({ description: 'what was rehearsed; another version may behave otherwise' }),
  audience: z.object({
    candidates: int(),
    prepared: int(),
    excluded: int(),
    exclusions: z.array(z.object({ reason: z.enum(EXCLUSION_REASONS), count: int() })),
  }),
  rendered: z.object({
    sample: int(),
    failed: int(),
    errors: z.array(z.object({ reason: z.string(), count: int(), addresses: z.array(z.string()) })),
    averageBytes: int(),
    largestBytes: int(),
    perSecond: int()
      .nullable()
      .meta({ description: 'messages this machine makes per second; null for too few to say' }),
  }),
  missing: z.array(z.object({ variable: z.string(), count: int(), address: z.string() })).meta({
    description: 'variables of the content and how many recipients have nothing for them, with one of these',
  }),
  durationMs: int().meta({ description: 'from the start to the last final outcome' }),
  ...counts,
  peakPerMinute: int(),
  timeline: z.array(z.object({ afterMs: int(), accepted: int(), putOff: int() })),
  providers: z.array(
    z.object({
      provider: z.string(),
      recipients: int(),
      ...counts,
      durationMs: int(),
      peakPerMinute: int(),
      firstSlowedMs: int().nullable(),
      slowestPerSecond: z.number().nullable(),
      said: z.string().nullable(),
    }),
  ),
  accounts: z.array(z.object({ id: Id, name: z.string(), sent: int(), heldMs: int() })),
  findings: z.array(
    z.object({
      code: z.enum(REHEARSAL_FINDINGS),
      severity: z.enum(['error', 'warning']),
      message: z.string(),
      params: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
  assumptions: z.object({
    providers: z.enum(Object.keys(STRICTNESS) as [Strictness, ...Strictness[]]),
    roundTripMs: int(),
  }),
});

/** A campaign against simulated providers in virtual time. Nothing leaves, and nothing is written to its ledger. */
export const CampaignRehearsal = z
  .object({
    id: Id,
    campaignId: Id,
    status: z.enum(REHEARSAL_STATUSES),
    phase: z.enum(REHEARSAL_PHASES),
    done: int().meta({ description: 'of the phase' }),
    total: int(),
    error: z.string().nullable(),
    prediction: Prediction.nullable(),
    createdAt: Instant,
    finishedAt: Instant.nullable(),
  })
  .meta({ id: 'CampaignRehearsal' });
