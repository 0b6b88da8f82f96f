import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { DomainError } from '#contracts';
import { Database } from '#platform/database';
import { Public } from '../http/access.decorators.js';
import { Metrics } from './metrics.js';

/** For supervisors and monitoring; outside of /api/v1. */
@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(
    @Inject(Database) private readonly db: Database,
    private readonly metrics: Metrics,
  ) {}

  @Public()
  @Get('health/live')
  live() {
    return { status: 'ok' };
  }

  @Public()
  @Get('health/ready')
  async ready() {
    try {
      await this.db.first('SELECT 1');
    } catch {
      throw new DomainError('NOT_READY', 'The database does not answer.', {
        help: 'Check that Postgres runs and that DATABASE_URL is right.',
      });
    }
    return { status: 'ok' };
  }

  @Public()
  @Get('metrics')
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  read(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
