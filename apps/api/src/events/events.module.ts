import { Module } from '@nestjs/common';
import { WorkspacesModule } from '#domain/workspaces';
import { EventStream } from './event-stream.js';
import { EventsController } from './events.controller.js';

/** Import it to inject EventStream and register a provider. */
@Module({
  imports: [WorkspacesModule],
  controllers: [EventsController],
  providers: [EventStream],
  exports: [EventStream],
})
export class EventsModule {}
