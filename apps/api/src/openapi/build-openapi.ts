import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Problem } from '#contracts';
import { convertSchema } from './convert-schema.js';

const PROBLEM = { schema: { $ref: '#/components/schemas/Problem' } };
const HTTP_METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The OpenAPI 3.1 document of every controller, made from the zod schemas on the routes. */
export function buildOpenApi(app: NestExpressApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Hongyan API')
    .setDescription(
      'Errors are RFC 9457 problem documents with a stable `code`. Lists page by `cursor`. ' +
        'POST, other than an upload, accepts an `Idempotency-Key`, whose first answer is replayed for 24 hours.',
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'an API key' })
    .addCookieAuth('hongyan', { type: 'apiKey', in: 'cookie', name: 'hongyan', description: 'session of the UI' })
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    standardSchemaConverter: convertSchema,
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  tidy(document);
  return document;
}

/** Serves the document at /api/openapi.json and Swagger UI, with its own files, at /api/docs. */
export function serveOpenApi(app: NestExpressApplication): void {
  SwaggerModule.setup('api/docs', app, () => buildOpenApi(app), {
    jsonDocumentUrl: 'api/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Hongyan API',
  });
}

/** Says what the generator can't know: problems have a media type of their own; names come in a stable order. */
function tidy(document: OpenAPIObject): void {
  for (const path of Object.values(document.paths)) {
    for (const method of HTTP_METHODS) {
      const responses = path[method]?.responses;
      if (responses) responses.default ??= { description: 'problem', content: { 'application/json': PROBLEM } };
      for (const [status, response] of Object.entries(responses ?? {})) {
        if (!response || '$ref' in response) continue;
        response.description ||= Number(status) < 400 ? 'ok' : 'problem';
        const [answer] = Object.values(response.content ?? {});
        if (status === 'default' && answer) response.content = { 'application/problem+json': answer };
      }
    }
  }
  const problem = convertSchema(Problem, { schemaType: 'output' })?.components;
  const schemas = Object.entries({ ...document.components?.schemas, ...problem });
  document.components = {
    ...document.components,
    schemas: Object.fromEntries(schemas.sort(([a], [b]) => (a < b ? -1 : 1))) as NonNullable<
      OpenAPIObject['components']
    >['schemas'],
  };
}
