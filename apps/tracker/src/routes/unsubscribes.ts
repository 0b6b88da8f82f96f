import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readToken } from '#engine/token';
import type { RecipientRef } from '#engine/token';
import { applyFact } from '#domain/feedback';
import { BUTTON, donePage, questionPage, testPage } from '../pages/unsubscribe-pages.js';
import { languageOf, sendNotFound, sendPage } from '../tools.js';
import type { TrackerTools } from '../tools.js';

type UnsubscribeRequest = FastifyRequest<{ Params: { token: string }; Body: string | undefined }>;

/** What a test message's links name instead of a token. */
const SAMPLE = 'sample';

/**
 * `/u/:token`: the page with its one button on GET, which never acts, since scanners follow every link; the
 * unsubscription on POST, by the button or by a mail client (RFC 8058). No cookie, no redirect, no login.
 */
export function unsubscribeRoutes(app: FastifyInstance, tools: TrackerTools): void {
  app.get('/u/:token', (request: UnsubscribeRequest, reply) => ask(tools, request, reply));
  app.post('/u/:token', (request: UnsubscribeRequest, reply) => act(tools, request, reply));
}

async function ask(tools: TrackerTools, request: UnsubscribeRequest, reply: FastifyReply): Promise<FastifyReply> {
  const found = await leaverOf(tools, request.params.token);
  if (found === 'test') return sendPage(reply, testPage(languageOf(request)));
  if (!found) return sendNotFound(request, reply);
  const { workspace, email } = found;
  return sendPage(reply, questionPage(languageOf(request, workspace.locale), workspace.name, email));
}

async function act(tools: TrackerTools, request: UnsubscribeRequest, reply: FastifyReply): Promise<FastifyReply> {
  const via = actor(request.body ?? '');
  // A POST that is neither a mail client's nor the button's gets the button.
  if (via === null) return ask(tools, request, reply);
  const found = await leaverOf(tools, request.params.token);
  if (found === 'test') return sendPage(reply, testPage(languageOf(request)));
  if (!found) return sendNotFound(request, reply);
  const { recipient, workspace } = found;
  await tools.db.transaction((tx) => applyFact(tx, { type: 'unsubscribed', recipient, at: new Date(), via }));
  return sendPage(reply, donePage(languageOf(request, workspace.locale), workspace.name));
}

/**
 * Who posts: RFC 8058 section 3.2 has the mail client send `List-Unsubscribe=One-Click` as a form of either encoding.
 * The body is at most 4 kB.
 */
function actor(body: string): 'one-click' | 'page' | null {
  if (/(?:^|&)List-Unsubscribe=One-Click(?:&|\s*$)/i.test(body)) return 'one-click';
  if (/name="?List-Unsubscribe"?[^\r\n]{0,200}\r?\n\r?\n\s{0,10}One-Click/i.test(body)) return 'one-click';
  return new URLSearchParams(body).get(BUTTON.name) === BUTTON.value ? 'page' : null;
}

interface Leaver {
  recipient: RecipientRef;
  email: string;
  workspace: { name: string; locale: string };
}

async function leaverOf({ db, keys }: TrackerTools, token: string): Promise<Leaver | 'test' | null> {
  if (token === SAMPLE) return 'test';
  const recipient = readToken('unsubscribe', token, keys);
  if (!recipient) return null;
  if (recipient.seq === 0) return 'test';
  const row = await db.first<Omit<Leaver, 'recipient'>>(
    `SELECT r.email, json_build_object('name', w.name, 'locale', w.locale) AS workspace
     FROM campaign_recipients r JOIN workspaces w ON w.id = r.workspace_id
     WHERE r.campaign_id = $1 AND r.seq = $2`,
    [recipient.campaignId, recipient.seq],
  );
  return row ? { recipient, ...row } : null;
}
