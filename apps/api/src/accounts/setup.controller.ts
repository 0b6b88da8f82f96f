import { Body, Controller, Get, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { z } from 'zod';
import { Me, SetupBody, SetupState } from '#contracts';
import { ProfileService, SessionsService, SetupService } from '#domain/workspaces';
import { SessionCookie } from '../auth/session-cookie.js';
import { Public } from '../http/access.decorators.js';
import { Answers } from '../http/answers.js';
import { NewWorkspace } from '../workspaces/new-workspace.js';
import { SetupLink } from './setup-link.js';

@ApiTags('Accounts')
@Controller('setup')
export class SetupController {
  constructor(
    private readonly setup: SetupService,
    private readonly sessions: SessionsService,
    private readonly profile: ProfileService,
    private readonly link: SetupLink,
    private readonly cookie: SessionCookie,
    private readonly newWorkspace: NewWorkspace,
  ) {}

  @Public()
  @Get()
  @ApiOperation({ summary: 'Whether the first owner is still missing' })
  @Answers(SetupState)
  async state(): Promise<z.output<typeof SetupState>> {
    return { required: await this.setup.required() };
  }

  @Public()
  @Post()
  @ApiOperation({ summary: 'Make the owner and the first workspace, once; signs in' })
  @Answers(Me)
  async run(
    @Body({ schema: SetupBody }) body: z.output<typeof SetupBody>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<z.output<typeof Me>> {
    const { userId, workspaceId } = await this.setup.setUp(body, this.newWorkspace.prepare);
    await this.link.remove();
    this.cookie.write(response, await this.sessions.open(userId, workspaceId));
    return this.profile.describe(userId, workspaceId);
  }
}
