import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CompiledContent } from '#engine/render';
import { REST } from '#engine/ab-test';
import { createToken, readToken } from '#engine/token';
import type { RecipientRef } from '#engine/token';
import { findBehaviours } from '#domain/contacts';
import { escapeHtml, page } from '../pages/layout.js';
import { testPage } from '../pages/unsubscribe-pages.js';
import { findReader } from '../sent-campaigns.js';
import { languageOf, sendNotFound, sendPage } from '../tools.js';
import type { TrackerTools } from '../tools.js';

type ReadRequest = FastifyRequest<{ Params: { token: string } }>;

/** The mail may style itself and show pictures; it may not run, send or frame anything, nor count as our origin. */
export const MAIL_POLICY = [
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
  const frozen = reader && (await findContent(tools, recipient));
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

/** The content this recipient got: that of the variant of an A/B test, else the campaign's. */
function findContent(
  { db }: TrackerTools,
  { campaignId, seq }: RecipientRef,
): Promise<{ compiled: CompiledContent } | undefined> {
  return db.first(
    `SELECT coalesce(v.compiled, k.compiled) AS compiled FROM campaign_contents k
     JOIN campaign_recipients r ON r.campaign_id = k.campaign_id AND r.seq = $2
     LEFT JOIN send_batches b ON b.id = r.batch_id LEFT JOIN ab_tests t ON t.campaign_id = k.campaign_id
     LEFT JOIN campaign_variants v ON v.campaign_id = k.campaign_id
       AND v.variant = CASE WHEN b.arm = ${REST} THEN t.winner ELSE b.arm END
     WHERE k.campaign_id = $1`,
    [campaignId, seq],
  );
}
