/** A stop that takes longer than this is cut: what is left is in the journal or in Postgres. */
const STOP_DEADLINE_MS = 25_000;

/** Tells the supervisor, where there is one, that this process does its work now. */
export function announceReady(): void {
  process.send?.('ready');
}

/**
 * Runs `stop` once when the process is asked to end: by a signal, or because its supervisor is gone (a process nobody
 * supervises would hold ports and leases that the next start needs).
 */
export function onStop(stop: () => Promise<void>): void {
  let stopping = false;
  const end = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_DEADLINE_MS).unref();
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  if (process.send) process.on('disconnect', end);
}
