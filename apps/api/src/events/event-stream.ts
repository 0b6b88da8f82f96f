import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import type { Response } from 'express';
import { DomainError } from '#contracts';
import { SessionsService } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { LOGGER } from '#platform/nest';
import type { Logger } from '#platform/nest';
import { WorkspaceChanges } from './workspace-changes.js';
import type { EventProvider } from './workspace-changes.js';

const POLL_MS = 1_000;
const HEARTBEAT_MS = 15_000;
const PER_SESSION = 10;
/** A reader this far behind is gone or stuck; it reconnects and reads afresh. */
const BACKLOG_BYTES = 1_000_000;

interface Listener {
  sessionHash: Buffer;
  workspaceId: string;
  response: Response;
  heardAt: number;
}

/**
 * Server-sent events of the UI. While anybody listens, each provider is asked once a second per workspace, and what
 * changed since is sent to all listeners of that workspace. A feature registers its provider in its constructor.
 */
@Injectable()
export class EventStream implements BeforeApplicationShutdown {
  private readonly providers: EventProvider[] = [];
  private readonly listeners = new Set<Listener>();
  private changes = new WorkspaceChanges();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly sessions: SessionsService,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  register(provider: EventProvider): void {
    this.providers.push(provider);
  }

  /**
   * Turns the response into a stream that ends with the session.
   * @throws DomainError TOO_MANY_ATTEMPTS beyond ten streams a session
   */
  connect(ctx: RequestContext, response: Response): void {
    if (ctx.actor.type !== 'user') throw new DomainError('FORBIDDEN', 'Events are for signed-in people.');
    const { sessionHash } = ctx.actor;
    const open = [...this.listeners].filter((listener) => listener.sessionHash.equals(sessionHash));
    if (open.length >= PER_SESSION) {
      throw new DomainError('TOO_MANY_ATTEMPTS', 'This session has ten event streams open.', {
        help: 'Close some windows, or ask for the resources themselves.',
        extra: { retryAfter: 30 },
      });
    }
    const listener = { sessionHash, workspaceId: ctx.workspaceId, response, heardAt: Date.now() };
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' });
    response.write('retry: 3000\n\n');
    this.listeners.add(listener);
    response.once('close', () => this.listeners.delete(listener));
    this.timer ??= this.schedule();
  }

  /** Ends every stream, so that a stop need not wait for its readers. */
  end(): void {
    for (const { response } of this.listeners) response.end();
    this.listeners.clear();
  }

  beforeApplicationShutdown(): void {
    this.end();
    clearTimeout(this.timer);
  }

  private schedule(): NodeJS.Timeout {
    return setTimeout(() => {
      void this.poll().finally(() => {
        this.timer = this.listeners.size > 0 ? this.schedule() : undefined;
        if (!this.timer) this.changes = new WorkspaceChanges();
      });
    }, POLL_MS).unref();
  }

  private async poll(): Promise<void> {
    try {
      await this.dropEndedSessions();
      for (const workspaceId of new Set([...this.listeners].map((listener) => listener.workspaceId))) {
        for (const provider of this.providers) {
          const items = this.changes.since(workspaceId, provider.type, await provider.current(workspaceId));
          if (items.length > 0) this.send(workspaceId, { type: provider.type, items });
        }
      }
      this.keepAlive();
    } catch (error) {
      this.log.warn({ err: error }, 'events of this second are missing');
    }
  }

  private async dropEndedSessions(): Promise<void> {
    const hashes = [...this.listeners].map((listener) => listener.sessionHash);
    const live = await this.sessions.live(hashes);
    for (const { sessionHash, response } of this.listeners) {
      if (!live.has(sessionHash.toString('hex'))) response.end();
    }
  }

  private send(workspaceId: string, event: object): void {
    for (const listener of this.listeners) {
      if (listener.workspaceId === workspaceId) write(listener, `data: ${JSON.stringify(event)}\n\n`);
    }
  }

  /** A comment keeps proxies from cutting a quiet stream. */
  private keepAlive(): void {
    for (const listener of this.listeners) {
      if (Date.now() - listener.heardAt >= HEARTBEAT_MS) write(listener, ': still here\n\n');
    }
  }
}

function write(listener: Listener, text: string): void {
  listener.heardAt = Date.now();
  if (listener.response.writableLength > BACKLOG_BYTES) listener.response.destroy();
  else listener.response.write(text);
}
