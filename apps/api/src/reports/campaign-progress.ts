import { Injectable } from '@nestjs/common';
import { ReportsService } from '#domain/reporting';
import { EventStream } from '../events/event-stream.js';

/** Sends the summaries of campaigns under way to the UI as they change. */
@Injectable()
export class CampaignProgress {
  constructor(stream: EventStream, reports: ReportsService) {
    stream.register({ type: 'campaigns', current: (workspaceId) => reports.live(workspaceId) });
  }
}
