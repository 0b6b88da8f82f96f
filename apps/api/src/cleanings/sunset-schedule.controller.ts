import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { SunsetSchedule, SunsetScheduleBody } from '#contracts';
import { SunsetScheduleService } from '#domain/cleaning';
import { Needs } from '../http/access.decorators.js';
import { Answers } from '../http/answers.js';
import { Ctx } from '../http/request-context.js';
import type { RequestContext } from '../http/request-context.js';

@ApiTags('lists')
@Controller('sunset/schedule')
export class SunsetScheduleController {
  constructor(private readonly schedule: SunsetScheduleService) {}

  @Get()
  @Needs('contacts.read')
  @ApiOperation({ summary: 'When the sunset runs by itself, and what it did' })
  @Answers(SunsetSchedule)
  get(@Ctx() ctx: RequestContext) {
    return this.schedule.get(ctx);
  }

  @Put()
  @Needs('contacts.write')
  @Answers(SunsetSchedule)
  set(@Ctx() ctx: RequestContext, @Body({ schema: SunsetScheduleBody }) body: z.infer<typeof SunsetScheduleBody>) {
    return this.schedule.set(ctx, body);
  }
}
