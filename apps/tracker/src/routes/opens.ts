import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readToken } from '#engine/token';
import { agentOf, recogniseMachine } from '../machines/rules.js';
import type { TrackerTools } from '../tools.js';

/** A transparent pixel, the smallest GIF89a there is. */
const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** `/o/:token.gif`: a picture whatever the token is, so that no reader ever sees a broken one. */
export function openRoutes(app: FastifyInstance, { keys, visits }: TrackerTools): void {
  app.route({
    method: ['GET', 'HEAD'],
    url: '/o/:name',
    handler: async (request: FastifyRequest<{ Params: { name: string } }>, reply) => {
      const recipient = readToken('track', request.params.name.replace(/\.gif$/i, ''), keys);
      if (recipient && recipient.seq > 0) {
        const machineRule = recogniseMachine({ method: request.method, type: 'opened', headers: request.headers });
        const visitor = { human: machineRule === null, machineRule, userAgent: agentOf(request) };
        await visits.add({ type: 'opened', recipient, at: new Date(), visitor });
      }
      return reply.type('image/gif').send(PIXEL);
    },
  });
}
