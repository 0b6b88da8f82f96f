import { Body, Controller, Get, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { ChangePasswordBody, LoginBody, Me, UpdateMeBody } from '#contracts';
import { ProfileService, SessionsService } from '#domain/workspaces';
import { LoginLimits } from '../auth/login-limits.js';
import { SessionCookie } from '../auth/session-cookie.js';
import { Needs, Public } from '../http/access.decorators.js';
import { Answers, AnswersNothing } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

@ApiTags('Accounts')
@Controller('auth')
export class SessionController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly profile: ProfileService,
    private readonly limits: LoginLimits,
    private readonly cookie: SessionCookie,
  ) {}

  @Public()
  @Post('login')
  @ApiOperation({ summary: 'Sign in; the answer sets the session cookie' })
  @Answers(Me)
  async login(
    @Body({ schema: LoginBody }) { email, password }: z.output<typeof LoginBody>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<z.output<typeof Me>> {
    const token = await this.limits.attempt(email, request.ip ?? '', () => this.sessions.signIn(email, password));
    const before = this.cookie.read(request);
    if (before) await this.sessions.end(before);
    this.cookie.write(response, token);
    const ctx = await this.sessions.authenticate(token, null);
    return this.profile.me(ctx!);
  }

  @Needs('account')
  @Post('logout')
  @ApiOperation({ summary: 'End this session' })
  @AnswersNothing()
  async logout(@Ctx() ctx: RequestContext, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.sessions.signOut(ctx);
    this.cookie.clear(response);
  }

  @Needs('account')
  @Get('me')
  @ApiOperation({ summary: 'The signed-in user and their workspaces' })
  @Answers(Me)
  me(@Ctx() ctx: RequestContext): Promise<z.output<typeof Me>> {
    return this.profile.me(ctx);
  }

  @Needs('account')
  @Patch('me')
  @ApiOperation({ summary: 'Change name, language or time zone' })
  @Answers(Me)
  update(
    @Ctx() ctx: RequestContext,
    @Body({ schema: UpdateMeBody }) body: z.output<typeof UpdateMeBody>,
  ): Promise<z.output<typeof Me>> {
    return this.profile.update(ctx, body);
  }

  @Needs('account')
  @Post('password')
  @ApiOperation({ summary: 'Change the password; ends all other sessions' })
  @AnswersNothing()
  async changePassword(
    @Ctx() ctx: RequestContext,
    @Body({ schema: ChangePasswordBody }) body: z.output<typeof ChangePasswordBody>,
    @Req() request: Request,
  ): Promise<void> {
    const account = ctx.actor.type === 'user' ? ctx.actor.email : '';
    await this.limits.attempt(account, request.ip ?? '', () => this.profile.changePassword(ctx, body));
  }
}
