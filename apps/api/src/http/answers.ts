import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { Problem } from '#contracts';

type Schema = NonNullable<Parameters<typeof ApiResponse>[0] & { standardSchema?: unknown }>['standardSchema'];

/** Documents what a route answers: its schema, and the problem document for everything else. */
export const Answers = (schema: Schema, status = 200) =>
  applyDecorators(
    ApiResponse({ status, standardSchema: schema } as Parameters<typeof ApiResponse>[0]),
    ApiResponse({ status: 'default', standardSchema: Problem, description: 'problem' } as Parameters<
      typeof ApiResponse
    >[0]),
  );
