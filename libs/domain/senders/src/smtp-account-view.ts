import type { z } from 'zod';
import type { SmtpAccount } from '#contracts';
import { volumesOf, warmupDay, warmupVolume } from '#engine/pace';
import type { SmtpAccountRow } from './smtp-account.repository.js';

/** What the API shows of an account: everything but its secrets. */
export function toAccountView(row: SmtpAccountRow): z.output<typeof SmtpAccount> {
  const { id, version, kind, name, host, port, security, returnPath, returnPathDomain, returnPathAddress } = row;
  const { connections, messagesPerConnection, limits, weight, fromDomains, enabled, health, lastError } = row;
  const { warmup } = row;
  return {
    ...{ id, version, kind, name, host, port, security, returnPath, returnPathDomain, returnPathAddress },
    ...{ connections, messagesPerConnection, limits, weight, fromDomains, enabled, health, lastError, warmup },
    warmupState: warmupState(row, Date.now()),
    auth: { method: row.authMethod, user: row.authUser, passwordSet: row.authSecret !== null },
    lastErrorAt: row.lastErrorAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}

function warmupState(row: SmtpAccountRow, nowMs: number): z.output<typeof SmtpAccount>['warmupState'] {
  const { warmup, warmupStop, warmupStoppedAt } = row;
  if (!warmup) return null;
  const day = warmupDay(warmup, nowMs);
  return {
    day: day === null ? null : day + 1,
    days: volumesOf(warmup).length,
    volume: warmupVolume(warmup, nowMs),
    stopped: warmupStop && warmupStoppedAt ? { ...warmupStop, at: warmupStoppedAt.toISOString() } : null,
  };
}
