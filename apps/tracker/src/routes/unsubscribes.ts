import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { UNSUBSCRIBE_REASONS } from '#contracts';
import { applyFact, noteUnsubscribeReason } from '#domain/feedback';
import { BUTTON, donePage, questionPage, testPage, thanksPage } from '../pages/unsubscribe-pages.js';
import { findReader } from '../token-reader.js';
import { languageOf, sendNotFound, sendPage } from '../tools.js';
import type { TrackerTools } from '../tools.js';

type UnsubscribeRequest = FastifyRequest<{ Params: { token: string }; Body: string | undefined }>;

/**
 * `/u/:token`: the page with its one button on GET, which never acts, since scanners follow every link; the
 * unsubscription on POST, by the button or by a mail client (RFC 8058). No cookie, no redirect, no login.
 */
export function unsubscribeRoutes(app: FastifyInstance, tools: TrackerTools): void {
  app.get('/u/:token', (request: UnsubscribeRequest, reply) => ask(tools, request, reply));
  app.post('/u/:token', (request: UnsubscribeRequest, reply) => act(tools, request, reply));
  app.post('/u/:token/reason', (request: UnsubscribeRequest, reply) => noteReason(tools, request, reply));
}

async function ask(tools: TrackerTools, request: UnsubscribeRequest, reply: FastifyReply): Promise<FastifyReply> {
  const found = await findReader(tools, request.params.token);
  if (found === 'test') return sendPage(reply, testPage(languageOf(request)));
  if (!found) return sendNotFound(request, reply);
  const { workspace, email, token } = found;
  return sendPage(reply, questionPage(languageOf(request, workspace.locale), workspace.name, email, token));
}

async function act(tools: TrackerTools, request: UnsubscribeRequest, reply: FastifyReply): Promise<FastifyReply> {
  const via = actor(request.body ?? '');
  // A POST that is neither a mail client's nor the button's gets the button.
  if (via === null) return ask(tools, request, reply);
  const found = await findReader(tools, request.params.token);
  if (found === 'test') return sendPage(reply, testPage(languageOf(request)));
  if (!found) return sendNotFound(request, reply);
  const { recipient, workspace } = found;
  await tools.db.transaction((tx) => applyFact(tx, { type: 'unsubscribed', recipient, at: new Date(), via }));
  return sendPage(reply, donePage(languageOf(request, workspace.locale), workspace.name, found.token));
}

/** Why they left, from the page that said it is done. Something else than an offered reason changes nothing. */
async function noteReason(
  tools: TrackerTools,
  request: UnsubscribeRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const found = await findReader(tools, request.params.token);
  if (found === 'test') return sendPage(reply, testPage(languageOf(request)));
  if (!found) return sendNotFound(request, reply);
  const form = new URLSearchParams(request.body ?? '');
  const reason = UNSUBSCRIBE_REASONS.find((known) => known === form.get('reason'));
  if (reason) await noteUnsubscribeReason(tools.db, found.recipient, reason, form.get('comment') ?? '');
  return sendPage(reply, thanksPage(languageOf(request, found.workspace.locale)));
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
