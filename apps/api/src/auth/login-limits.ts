import { isIPv6 } from 'node:net';
import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { DomainError } from '#contracts';

const WINDOW_SECONDS = 600;
const PER_ACCOUNT = 10;
const PER_CLIENT = 50;
/** Mails with a link to a new password for one address. */
const LINKS_PER_ACCOUNT = 3;

/**
 * Limits guesses of passwords, per account and per client address. Attempts count before the password is checked, so
 * that many at once are limited too; a right one gives its attempt back. Kept in memory: there is one API process.
 */
@Injectable()
export class LoginLimits {
  private readonly accounts = new RateLimiterMemory({ points: PER_ACCOUNT, duration: WINDOW_SECONDS });
  private readonly clients = new RateLimiterMemory({ points: PER_CLIENT, duration: WINDOW_SECONDS });

  private readonly links = new RateLimiterMemory({ points: LINKS_PER_ACCOUNT, duration: WINDOW_SECONDS });

  /**
   * Counts a wish for a new password, whether or not the address is known.
   * @throws DomainError TOO_MANY_ATTEMPTS with `retryAfter`
   */
  async askForLink(account: string, client: string): Promise<void> {
    await consume(this.clients, network(client));
    await consume(this.links, account.trim().toLowerCase());
  }

  /** Counts a link that somebody tries. @throws DomainError TOO_MANY_ATTEMPTS with `retryAfter` */
  async useLink(client: string): Promise<void> {
    await consume(this.clients, network(client));
  }

  /** Whoever has just got a new password may sign in with it, however often the old one was guessed at. */
  async forgive(account: string): Promise<void> {
    await this.accounts.delete(account.trim().toLowerCase());
  }

  /**
   * Runs one attempt.
   * @throws DomainError TOO_MANY_ATTEMPTS with `retryAfter`, else what the attempt throws
   */
  async attempt<T>(account: string, client: string, check: () => Promise<T>): Promise<T> {
    const [accountKey, clientKey] = [account.trim().toLowerCase(), network(client)];
    await consume(this.clients, clientKey);
    await consume(this.accounts, accountKey);
    const result = await check();
    await Promise.all([this.accounts.delete(accountKey), this.clients.reward(clientKey)]);
    return result;
  }
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const retryAfter = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    throw new DomainError('TOO_MANY_ATTEMPTS', `Too many attempts. Try again in ${retryAfter} seconds.`, {
      extra: { retryAfter },
    });
  }
}

/** One customer of a provider has a whole /64 of IPv6 addresses. */
function network(client: string): string {
  if (!isIPv6(client) || client.startsWith('::')) return client;
  const groups = client.split('::', 1)[0]!.split(':').slice(0, 4);
  return groups.concat(Array<string>(4 - groups.length).fill('0')).join(':');
}
