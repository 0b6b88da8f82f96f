import { Module } from '@nestjs/common';
import { ContactsModule, ImportsService } from '#domain/contacts';
import { EventStream } from '../events/event-stream.js';
import { EventsModule } from '../events/events.module.js';
import { ImportsController } from './imports.controller.js';

@Module({ imports: [ContactsModule, EventsModule], controllers: [ImportsController] })
export class ImportsModule {
  constructor(events: EventStream, imports: ImportsService) {
    events.register({ type: 'imports', current: (workspaceId) => imports.recent(workspaceId) });
  }
}
