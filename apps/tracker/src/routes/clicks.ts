import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { linkTarget } from '#engine/render';
import { readToken } from '#engine/token';
import type { RecipientRef } from '#engine/token';
import { agentOf, recogniseMachine } from '../machines/rules.js';
import { findReader } from '../sent-campaigns.js';
import { sendNotFound } from '../tools.js';
import type { TrackerTools } from '../tools.js';

type ClickRequest = FastifyRequest<{ Params: { token: string; link: string } }>;

/** `/c/:token/:link`: on to the entry of the campaign's own link table, and to nowhere else. */
export function clickRoutes(app: FastifyInstance, tools: TrackerTools): void {
  app.route({
    method: ['GET', 'HEAD'],
    url: '/c/:token/:link',
    handler: (request: ClickRequest, reply) => click(tools, request, reply),
  });
}

async function click(tools: TrackerTools, request: ClickRequest, reply: FastifyReply): Promise<FastifyReply> {
  const recipient = readToken('track', request.params.token, tools.keys);
  const link = /^\d{1,4}$/.test(request.params.link) ? Number(request.params.link) : -1;
  if (!recipient) return sendNotFound(request, reply);
  const target = await targetOf(tools, recipient, link);
  if (target === undefined) return sendNotFound(request, reply);
  await tools.visits.add({
    type: 'clicked',
    recipient,
    link,
    at: new Date(),
    visitor: visitorOf(tools, request, recipient, link),
  });
  return target === null ? sendNotFound(request, reply) : reply.code(302).header('location', target).send();
}

/** @returns undefined where there is no such link; null where this recipient's data makes no address of it */
async function targetOf(
  tools: TrackerTools,
  recipient: RecipientRef,
  link: number,
): Promise<string | null | undefined> {
  const campaign = await tools.campaigns.find(recipient.campaignId);
  const entry = campaign?.links[link];
  if (!campaign || !entry) return undefined;
  if (!entry.dynamic) return entry.url;
  const reader = await findReader(tools.db, recipient);
  if (!reader) return undefined;
  return linkTarget(entry, { ...reader, campaign: { name: campaign.name }, workspace: campaign.workspace });
}

function visitorOf({ bursts }: TrackerTools, request: ClickRequest, { campaignId, seq }: RecipientRef, link: number) {
  const rule = recogniseMachine({ method: request.method, type: 'clicked', headers: request.headers });
  const burst = rule === null && bursts.add(`${campaignId}.${seq}`, link, performance.now());
  const machineRule = rule ?? (burst ? 'link-burst' : null);
  return { human: machineRule === null, machineRule, userAgent: agentOf(request) };
}
