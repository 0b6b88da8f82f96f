import { useEffect, useRef } from 'react';
import { isAskedToSignIn } from './sign-in-again.js';
import { currentWorkspaceId } from './workspace.js';

/** Something changed on the server. `items` are the resources as the UI shows them. */
export interface ServerEvent {
  /** A resource in the plural such as `imports` or `campaigns`; `poll` when there is no stream and it is time to ask. */
  type: string;
  items: { id: string; [member: string]: unknown }[];
}

type Listener = (event: ServerEvent) => void;
const POLL_MS = 5_000;
const RETRY_MS = 15_000;

/** One stream for all listeners of the page: browsers allow six connections to a host. */
class EventStream {
  private readonly listeners = new Set<Listener>();
  private source: EventSource | null = null;
  private poll: ReturnType<typeof setInterval> | null = null;
  private retry: ReturnType<typeof setTimeout> | null = null;

  add(listener: Listener): () => void {
    this.listeners.add(listener);
    if (!this.source && !this.poll) this.open();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.close();
    };
  }

  private open(): void {
    const workspace = currentWorkspaceId();
    const source = new EventSource(`/api/v1/events${workspace ? `?workspace=${workspace}` : ''}`);
    this.source = source;
    source.onopen = () => this.stopPolling();
    source.onmessage = (message) => this.receive(String(message.data));
    source.onerror = () => {
      // A refused stream closes for good; a lost one reconnects by itself. Ask in the meantime.
      this.startPolling();
      if (source.readyState !== EventSource.CLOSED || this.retry) return;
      this.retry = setTimeout(() => {
        this.retry = null;
        if (this.listeners.size > 0) this.open();
      }, RETRY_MS);
    };
  }

  private receive(data: string): void {
    const event = JSON.parse(data) as Partial<ServerEvent>;
    if (typeof event.type === 'string') this.emit({ type: event.type, items: event.items ?? [] });
  }

  private emit(event: ServerEvent): void {
    for (const listener of this.listeners) listener(event);
  }

  private startPolling(): void {
    this.poll ??= setInterval(() => {
      // Without a session every poll would only be one more call that waits for it.
      if (document.visibilityState === 'visible' && !isAskedToSignIn()) this.emit({ type: 'poll', items: [] });
    }, POLL_MS);
  }

  private stopPolling(): void {
    if (this.poll) clearInterval(this.poll);
    this.poll = null;
  }

  private close(): void {
    this.source?.close();
    this.source = null;
    this.stopPolling();
    if (this.retry) clearTimeout(this.retry);
    this.retry = null;
  }
}

const stream = new EventStream();

/**
 * Calls `listener` for every server-sent event of the workspace. Without a stream it gets `poll` every
 * five seconds while the page is visible, so "refetch what I show" works either way.
 */
export function useEvents(listener: Listener, enabled = true): void {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => (enabled ? stream.add((event) => latest.current(event)) : undefined), [enabled]);
}
