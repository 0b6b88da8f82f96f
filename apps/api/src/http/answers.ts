import { HttpCode, applyDecorators } from '@nestjs/common';
import { ApiProduces, ApiResponse } from '@nestjs/swagger';
import { Problem } from '#contracts';

type Schema = NonNullable<Parameters<typeof ApiResponse>[0] & { standardSchema?: unknown }>['standardSchema'];
type Response = Parameters<typeof ApiResponse>[0];

/** Sets and documents what a route answers: its schema and status, and the problem document for everything else. */
export const Answers = (schema: Schema, status = 200) =>
  applyDecorators(HttpCode(status), ApiResponse({ status, standardSchema: schema } as Response), AnswersProblem);

/** The same for a route without a body in its answer. */
export const AnswersNothing = () => applyDecorators(HttpCode(204), ApiResponse({ status: 204 }), AnswersProblem);

/** The same for a route that answers a file or a stream of the given media type. */
export const AnswersContent = (mediaType: string, status = 200) =>
  applyDecorators(
    HttpCode(status),
    ApiProduces(mediaType),
    ApiResponse({ status, content: { [mediaType]: { schema: { type: 'string' } } } } as Response),
    AnswersProblem,
  );

const AnswersProblem = ApiResponse({
  status: 'default',
  standardSchema: Problem,
  description: 'problem',
} as Response);
