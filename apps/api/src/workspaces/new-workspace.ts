import { Injectable } from '@nestjs/common';
import { ensureSandboxAccount } from '#domain/senders';
import type { PrepareWorkspace } from '#domain/workspaces';

/** What the other domains put into a new workspace, in the transaction that makes it; one line per domain. */
@Injectable()
export class NewWorkspace {
  readonly prepare: PrepareWorkspace = (tx, workspaceId) => ensureSandboxAccount(tx, workspaceId);
}
