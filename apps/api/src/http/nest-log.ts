import type { LoggerService } from '@nestjs/common';
import type { Logger } from '#platform/logging';

/** Nest's own messages in the process' log; its start-up chatter is debug. */
export class NestLog implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown): void {
    this.logger.debug(String(message));
  }
  debug(message: unknown): void {
    this.logger.trace(String(message));
  }
  verbose(message: unknown): void {
    this.logger.trace(String(message));
  }
  warn(message: unknown): void {
    this.logger.warn(String(message));
  }
  error(message: unknown, ...more: unknown[]): void {
    this.logger.error({ details: more.map(String) }, String(message));
  }
  fatal(message: unknown): void {
    this.logger.fatal(String(message));
  }
}
