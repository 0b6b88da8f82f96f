import { Body, Controller, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import type { z } from 'zod';
import { ForgotPasswordBody, ResetPasswordBody } from '#contracts';
import { PasswordResetsService } from '#domain/workspaces';
import { LoginLimits } from '../auth/login-limits.js';
import { Public } from '../http/access.decorators.js';
import { AnswersNothing } from '../http/answers.js';

/** Getting in again without the password. */
@ApiTags('Accounts')
@Controller('auth/password')
export class PasswordResetsController {
  constructor(
    private readonly resets: PasswordResetsService,
    private readonly limits: LoginLimits,
  ) {}

  @Public()
  @Post('forgot')
  @ApiOperation({ summary: 'Mail a link to a new password; the answer is the same for every address' })
  @AnswersNothing()
  async forgot(
    @Body({ schema: ForgotPasswordBody }) { email }: z.output<typeof ForgotPasswordBody>,
    @Req() request: Request,
  ): Promise<void> {
    await this.limits.askForLink(email, request.ip ?? '');
    await this.resets.ask(email);
  }

  @Public()
  @Post('reset')
  @ApiOperation({ summary: 'Set a new password by the link; ends every session' })
  @AnswersNothing()
  async reset(
    @Body({ schema: ResetPasswordBody }) body: z.output<typeof ResetPasswordBody>,
    @Req() request: Request,
  ): Promise<void> {
    await this.limits.useLink(request.ip ?? '');
    await this.limits.forgive(await this.resets.reset(body));
  }
}
