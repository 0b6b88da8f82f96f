import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CompiledContent } from '#engine/render';
import { createToken, readToken } from '#engine/token';
import { findBehaviours } from '#domain/contacts';
import { escapeHtml, page } from '../pages/layout.js';
import { testPage } from '../pages/unsubscribe-pages.js';
import { findReader } from '../sent-campaigns.js';
import { languageOf, sendNotFound, sendPage } from '../tools.js';
import type { TrackerTools } from '../tools.js';

type ReadRequest = FastifyRequest<{ Params: { token: string } }>;

/** The mail may style itself and show pictures; it may not run, send or frame anything, nor count as our origin. */
const MAIL_POLICY = [
  "default-src 'none'",
  'img-src https: http: data:',
  "style-src 'unsafe-inline'",
  'font-src https: data:',
  "form-action 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  'sandbox allow-popups allow-popups-to-escape-sandbox',
].join('; ');

/** `/v/:token`: the mail as this recipient got it, for clients that spoil it. */
export function webVersionRoutes(app: FastifyInstance, tools: TrackerTools): void {
  app.get('/v/:token', (request: ReadRequest, reply) => show(tools, request, reply));
}

async function show(tools: TrackerTools, request: ReadRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { token } = request.params;
  if (token === 'sample') return sendPage(reply, testPage(languageOf(request)));
  const recipient = readToken('track', token, tools.keys);
  const campaign = recipient && (await tools.campaigns.find(recipient.campaignId));
  const reader = recipient && campaign && (await findReader(tools.db, recipient));
  const frozen = reader && (await findContent(tools, recipient.campaignId));
  if (!frozen) return sendNotFound(request, reply);
  const { workspaceId, contactId, acceptedAt, ...person } = reader;
  const { behaviours = [] } = frozen.compiled;
  // As it was when the mail was sent: what was done since then is an answer to it.
  const at = acceptedAt ?? new Date();
  const did = await findBehaviours(tools.db, workspaceId, behaviours, [contactId], at);
  const { publicUrl, keys } = tools;
  const leave = createToken('unsubscribe', recipient, keys);
  const { subject, html, text } = await tools.webVersions.render({
    content: frozen.compiled,
    data: {
      ...person,
      behaviour: did.get(contactId),
      campaign: { name: campaign.name },
      workspace: campaign.workspace,
    },
    linkPrefix: `${publicUrl}/c/${token}/`,
    unsubscribe: `${publicUrl}/u/${leave}`,
    preferences: `${publicUrl}/p/${leave}`,
    webVersion: `${publicUrl}/v/${token}`,
  });
  if (html === null) {
    const body = `<pre>${escapeHtml(text)}</pre>`;
    return sendPage(reply, page(languageOf(request, campaign.workspace.locale), subject, body));
  }
  return reply
    .header('content-security-policy', MAIL_POLICY)
    .header('x-robots-tag', 'noindex')
    .type('text/html; charset=utf-8')
    .send(html);
}

function findContent({ db }: TrackerTools, campaignId: string): Promise<{ compiled: CompiledContent } | undefined> {
  return db.first('SELECT compiled FROM campaign_contents WHERE campaign_id = $1', [campaignId]);
}
