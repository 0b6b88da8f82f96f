import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CompiledContent } from '#engine/render';
import { findArchive, findArchivedMail, findArchivedMails } from '#domain/archive';
import type { ArchivedMail, PublicArchive } from '#domain/archive';
import { archivePage } from '../pages/archive-pages.js';
import { PAGE_POLICY, escapeHtml, page } from '../pages/layout.js';
import { languageOf, sendNotFound } from '../tools.js';
import type { TrackerTools } from '../tools.js';
import type { WebVersion } from '../web-version/web-version-worker.js';
import { MAIL_POLICY } from './web-version.js';

type ListRequest = FastifyRequest<{ Params: { slug: string }; Querystring: { before?: string } }>;
type MailRequest = FastifyRequest<{ Params: { slug: string; id: string } }>;
type Mail = ArchivedMail<CompiledContent>;

const PAGE = 20;
const ID = /^[1-9]\d{0,17}$/;

/** `/a/:slug`: earlier campaigns that a workspace chose to show; `/a/:slug/:id`: one of them, as nobody in particular got it. */
export function archiveRoutes(app: FastifyInstance, tools: TrackerTools): void {
  app.get('/a/:slug', async (request: ListRequest, reply) => {
    const archive = await find(tools, request.params.slug);
    if (!archive) return sendNotFound(request, reply);
    const { before } = request.query;
    const from = typeof before === 'string' && ID.test(before) ? before : null;
    const found = await findArchivedMails<CompiledContent>(tools.db, archive.workspaceId, {
      before: from,
      limit: PAGE + 1,
    });
    const mails = found.slice(0, PAGE);
    // The subject alone is rendered: who looks at the list needs no mail of twenty.
    const heads = mails.map(async (mail) => {
      const { subject, preheader } = await render(tools, archive, {
        ...mail,
        compiled: { ...mail.compiled, html: null, text: '' },
      });
      return { id: mail.id, startedAt: mail.startedAt, subject, preheader };
    });
    const older = found.length > PAGE ? (mails.at(-1)?.id ?? null) : null;
    const html = archivePage(languageOf(request, archive.workspace.locale), archive, await Promise.all(heads), {
      older,
      isFirst: from === null,
    });
    return send(reply, html, PAGE_POLICY, archive.indexed);
  });
  app.get('/a/:slug/:id', async (request: MailRequest, reply) => {
    const { slug, id } = request.params;
    const archive = ID.test(id) ? await find(tools, slug) : undefined;
    const mail = archive && (await findArchivedMail<CompiledContent>(tools.db, archive.workspaceId, id));
    if (!mail) return sendNotFound(request, reply);
    const { subject, html, text } = await render(tools, archive, mail);
    if (html !== null) return send(reply, html, MAIL_POLICY, archive.indexed);
    const body = `<pre>${escapeHtml(text)}</pre>`;
    const language = languageOf(request, archive.workspace.locale);
    return send(reply, page(language, subject, body, { indexed: archive.indexed }), PAGE_POLICY, archive.indexed);
  });
}

function find({ db }: TrackerTools, slug: string): Promise<PublicArchive | undefined> {
  return slug.length <= 60 ? findArchive(db, slug) : Promise.resolve(undefined);
}

/** For a reader nobody knows: no data, no tracking, and links of people's own lead back to the list. */
function render({ webVersions, publicUrl }: TrackerTools, archive: PublicArchive, mail: Mail): Promise<WebVersion> {
  const home = `${publicUrl}/a/${archive.slug}`;
  return webVersions.render({
    content: mail.compiled,
    data: {
      ...{ email: '', name: '', fields: {}, tags: [] },
      campaign: { name: mail.name },
      workspace: archive.workspace,
    },
    links: mail.compiled.links.map(({ url, dynamic }) => (dynamic ? home : url)),
    linkPrefix: home,
    unsubscribe: home,
    preferences: home,
    webVersion: `${home}/${mail.id}`,
  });
}

function send(reply: FastifyReply, html: string, policy: string, indexed: boolean): FastifyReply {
  if (!indexed) reply.header('x-robots-tag', 'noindex');
  return reply.header('content-security-policy', policy).type('text/html; charset=utf-8').send(html);
}
