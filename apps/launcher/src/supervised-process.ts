import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { openSync, closeSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const DIST = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
/**
 * Waits between restarts, in milliseconds; the last one repeats. One that had been at work starts over: what kills it
 * from outside again and again must not hold the mail up, what ends as soon as it starts must not burn the machine.
 */
const RESTART_WAITS = [200, 1_000, 3_000, 10_000];
const AT_WORK_MS = 1_000;

export interface ProcessSpec {
  /** Unique, such as `sender-1`. */
  name: string;
  /** Folder below apps/. */
  app: string;
  /** Most MB of the heap of V8, which else collects its garbage only when it has grown large. */
  heapMb?: number | undefined;
  /** Asked at every start. */
  env: () => NodeJS.ProcessEnv;
  logDir: string;
  say: (line: string) => void;
  onSpawn: (name: string, pid: number) => void;
}

/** One process of the product, started again when it ends by itself, and said so. */
export class SupervisedProcess {
  private child: ChildProcess | undefined;
  private stopping = false;
  private failures = 0;
  private readonly firstReady: Promise<void>;
  private markReady: () => void = () => undefined;

  constructor(private readonly spec: ProcessSpec) {
    this.firstReady = new Promise((resolve) => (this.markReady = resolve));
    this.launch();
  }

  get name(): string {
    return this.spec.name;
  }

  /** File of everything it prints. */
  get log(): string {
    return path.join(this.spec.logDir, `${this.spec.name}.log`);
  }

  /** Resolves when the process says it is ready for the first time. */
  ready(): Promise<void> {
    return this.firstReady;
  }

  /** Ends the process in order; it is started again with its present environment. */
  renew(): void {
    this.child?.kill('SIGTERM');
  }

  async stop(): Promise<void> {
    this.stopping = true;
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), 30_000);
    await ended;
    clearTimeout(force);
  }

  private launch(): void {
    const { name, app, heapMb, env } = this.spec;
    const log = openSync(this.log, 'a');
    const flags = heapMb ? [`--max-old-space-size=${heapMb}`] : [];
    const child = spawn(process.execPath, [...flags, path.join(DIST, 'apps', app, 'src', 'main.js')], {
      env: env(),
      stdio: ['ignore', log, log, 'ipc'],
      // Own group: Ctrl-C reaches the supervisor alone, who stops the others in order.
      detached: true,
    });
    closeSync(log);
    this.child = child;
    if (child.pid) this.spec.onSpawn(name, child.pid);
    let readyAt = Infinity;
    child.on('message', (message) => {
      if (message !== 'ready') return;
      readyAt = Date.now();
      this.markReady();
    });
    child.on('exit', (code, signal) => this.onExit(code, signal, Date.now() - readyAt));
  }

  /** @param atWork milliseconds since it was ready; negative when it never was */
  private onExit(code: number | null, signal: NodeJS.Signals | null, atWork: number): void {
    if (this.stopping) return;
    if (atWork >= AT_WORK_MS) this.failures = 0;
    const wait = RESTART_WAITS[Math.min(this.failures, RESTART_WAITS.length - 1)] ?? 10_000;
    this.failures += 1;
    const { name, say } = this.spec;
    say(`${name} ended (${signal ?? `exit ${String(code)}`}); starting it again. Its log: ${this.log}`);
    setTimeout(() => {
      if (!this.stopping) this.launch();
    }, wait);
  }
}
