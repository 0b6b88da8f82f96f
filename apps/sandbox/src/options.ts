import type { Clock } from './clock.js';
import { systemClock } from './clock.js';
import type { ProviderKey, ProviderLimits } from '#engine/simulated-providers';

/** The part of a pino logger the sandbox needs. */
export interface SandboxLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** SMTP envelope of a mail the simulator sends; an empty `from` is the null sender `<>`. */
export interface SimulatedEnvelope {
  from: string;
  to: string;
}

/** What became of a simulated mail: taken, refused for good, or worth another attempt. */
export type DeliveryResult = { outcome: 'accepted' | 'refused' | 'retry'; reply: string };

/** Settings of one sandbox. Only `dir` is required; ports of 0 take any free port. */
export interface SandboxOptions {
  /** Folder of the message log; made where it is missing. */
  dir: string;
  /** Address both servers listen on. Default 127.0.0.1. */
  host?: string;
  /** Default 2525. */
  smtpPort?: number;
  /** Default 2580. */
  httpPort?: number;
  /** Upper bound of the log in bytes; the oldest segments go first. Default 2 GB. */
  maxBytes?: number;
  /** Bytes after which a new segment begins. Default 64 MB. */
  segmentBytes?: number;
  /** SMTP listener for what the simulated recipients send back; without it their mail is only counted. */
  inbound?: { host: string; port: number };
  /** Replaces the SMTP hop to `inbound`. */
  deliver?: (envelope: SimulatedEnvelope, raw: Buffer) => Promise<DeliveryResult>;
  /** False: messages are taken and logged, recipients do nothing. Default true. */
  simulate?: boolean;
  /** Changes who of the simulated recipients does what. Equal seeds give equal runs. Default "hongyan". */
  seed?: string;
  /** Factor on every simulated delay (reading time, slow answers). 0 is at once. Default 1. */
  timeScale?: number;
  /** Factor on every provider limit. Default 1. */
  limitScale?: number;
  /** Limits of single providers that replace those of the table. */
  limits?: Partial<Record<ProviderKey, Partial<ProviderLimits>>>;
  /** Origins (`http://localhost:3001`) simulated readers may fetch. Default: any loopback origin. */
  trackingOrigins?: string[];
  clock?: Clock;
  logger?: SandboxLogger;
}

/** Options with every default filled in. */
export type ResolvedOptions = Required<Omit<SandboxOptions, 'inbound' | 'deliver' | 'trackingOrigins'>> &
  Pick<SandboxOptions, 'inbound' | 'deliver' | 'trackingOrigins'>;

const silent: SandboxLogger = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Fills in the defaults documented at {@link SandboxOptions}. */
export function resolveOptions(options: SandboxOptions): ResolvedOptions {
  return {
    host: '127.0.0.1',
    smtpPort: 2525,
    httpPort: 2580,
    maxBytes: 2 * 1024 ** 3,
    segmentBytes: 64 * 1024 ** 2,
    simulate: true,
    seed: 'hongyan',
    timeScale: 1,
    limitScale: 1,
    limits: {},
    clock: systemClock,
    logger: silent,
    ...options,
  };
}
