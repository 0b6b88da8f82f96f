import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import {
  CreateWorkspaceBody,
  DemoWorkspaceBody,
  Id,
  PageQuery,
  UpdateWorkspaceBody,
  Workspace,
  page,
} from '#contracts';
import { DemoService } from '#domain/demo';
import { WorkspacesService } from '#domain/workspaces';
import { Needs } from '../http/access.decorators.js';
import { Answers } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';
import { NewWorkspace } from './new-workspace.js';

type View = Promise<z.output<typeof Workspace>>;

@ApiTags('Workspaces')
@Controller('workspaces')
export class WorkspacesController {
  constructor(
    private readonly workspaces: WorkspacesService,
    private readonly newWorkspace: NewWorkspace,
    private readonly demo: DemoService,
  ) {}

  @Needs('workspace.read')
  @Get()
  @ApiOperation({ summary: 'Workspaces the caller belongs to' })
  @Answers(page(Workspace))
  list(@Ctx() ctx: RequestContext, @Query({ schema: PageQuery }) query: PageQuery) {
    return this.workspaces.list(ctx, query);
  }

  @Needs('account')
  @Post()
  @ApiOperation({ summary: 'Make a workspace that the signed-in user owns' })
  @Answers(Workspace, 201)
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreateWorkspaceBody }) body: z.output<typeof CreateWorkspaceBody>,
  ): View {
    return this.workspaces.create(ctx, body, this.newWorkspace.prepare);
  }

  @Needs('account')
  @Post('demo')
  @ApiOperation({ summary: 'Make a workspace full of invented data; each person has one at most' })
  @Answers(Workspace, 201)
  async createDemo(
    @Ctx() ctx: RequestContext,
    @Body({ schema: DemoWorkspaceBody }) { locale }: z.output<typeof DemoWorkspaceBody>,
  ): View {
    const { id } = await this.demo.create(ctx, locale);
    return this.workspaces.get(ctx, id);
  }

  @Needs('workspace.admin')
  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a demo workspace with everything in it' })
  removeDemo(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string) {
    return this.demo.remove(ctx, id);
  }

  @Needs('workspace.read')
  @Get(':id')
  @ApiOperation({ summary: 'One workspace' })
  @Answers(Workspace)
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: Id }) id: string): View {
    return this.workspaces.get(ctx, id);
  }

  @Needs('workspace.admin')
  @Patch(':id')
  @ApiOperation({ summary: 'Change a workspace; a stale version is 409 with the current state' })
  @Answers(Workspace)
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: UpdateWorkspaceBody }) body: z.output<typeof UpdateWorkspaceBody>,
  ): View {
    return this.workspaces.update(ctx, id, body);
  }
}
