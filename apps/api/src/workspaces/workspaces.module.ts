import { Module } from '@nestjs/common';
import { DemoModule } from '#domain/demo';
import { WorkspacesModule } from '#domain/workspaces';
import { NewWorkspace } from './new-workspace.js';
import { WorkspacesController } from './workspaces.controller.js';

@Module({
  imports: [WorkspacesModule, DemoModule],
  controllers: [WorkspacesController],
  providers: [NewWorkspace],
  exports: [NewWorkspace],
})
export class ApiWorkspacesModule {}
