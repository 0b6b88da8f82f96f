import { createHash, randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** argon2id (algorithm 2), 19 MiB, two passes, one lane: the OWASP password storage cheat sheet's first choice. */
const ARGON2 = { algorithm: 2 as const, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** At most two hashes run at once: a burst of logins must not take the machine's memory. */
let running = 0;
const waiting: Array<() => void> = [];
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= 2) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await work();
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, ARGON2));
}

/** Compares in the same time for an unknown user when `stored` is null. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  decoy ??= await hashPassword(randomToken());
  const target = stored ?? decoy;
  const matches = await inTurn(() => verify(target, password));
  return stored !== null && matches;
}
let decoy: string | undefined;

/** 256 random bits, URL-safe: session ids, API keys, set-up links. */
export function randomToken(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}

/** What is stored of a random token; a plain hash is enough for 256 random bits. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
