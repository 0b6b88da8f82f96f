import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { readSubscriber } from '#domain/contacts';
import type { Subscriber } from '#domain/contacts';
import { confirmRequest, findOpenRequest, findPublicForm, requestSubscription } from '#domain/forms';
import type { PublicForm } from '#domain/forms';
import { judgeSeal, sealForm } from '../form-seal.js';
import {
  SEAL,
  TRAP,
  closedPage,
  confirmPage,
  formPage,
  languageOfForm,
  mailSentPage,
  oneMorePage,
  subscribedPage,
  tooManyPage,
} from '../pages/form-pages.js';
import { languageOf, sendPage } from '../tools.js';
import type { TrackerTools } from '../tools.js';

type FormRequest = FastifyRequest<{ Params: { publicId: string }; Body: string | undefined }>;
type ConfirmRequest = FastifyRequest<{ Params: { token: string } }>;

/** Twenty fields of 2,000 characters, each of up to three octets that a form writes as three characters. */
const BODY_MAX = 400_000;
/** Posts from one client: an office behind one address, and no flood. */
const POSTS = { points: 60, duration: 600 };

/**
 * `/f/:publicId`: a subscription form, also for posts of forms on other sites; `/s/:token`: the link of its
 * confirmation mail. What programs post is told apart by a field no person sees and by when the page was shown.
 */
export function formRoutes(app: FastifyInstance, tools: TrackerTools): void {
  const posts = new RateLimiterMemory(POSTS);
  app.get('/f/:publicId', async (request: FormRequest, reply) => {
    const form = await findPublicForm(tools.db, request.params.publicId);
    if (!form) return sendPage(reply, closedPage(languageOf(request)), 404);
    return sendPage(reply, formPage(form, seal(tools, form), { values: new URLSearchParams(), wrong: {} }));
  });
  app.post('/f/:publicId', { bodyLimit: BODY_MAX }, async (request: FormRequest, reply) => {
    const form = await findPublicForm(tools.db, request.params.publicId);
    if (!form) return sendPage(reply, closedPage(languageOf(request)), 404);
    if (!(await within(posts, request.ip))) return sendPage(reply, tooManyPage(languageOfForm(form)), 429);
    return take(tools, form, request, reply);
  });
  app.get('/s/:token', (request: ConfirmRequest, reply) => confirm(tools, request, reply, false));
  app.post('/s/:token', (request: ConfirmRequest, reply) => confirm(tools, request, reply, true));
}

function within(limiter: RateLimiterMemory, client: string): Promise<boolean> {
  return limiter.consume(client).then(
    () => true,
    () => false,
  );
}

const seal = ({ keys }: TrackerTools, { publicId }: PublicForm) => sealForm(publicId, keys, Date.now());

async function take(
  tools: TrackerTools,
  form: PublicForm,
  request: FormRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const values = new URLSearchParams(request.body ?? '');
  const language = languageOfForm(form);
  const email = values.get('email')?.trim() ?? '';
  // Who fills in what no person sees is told the same as everybody, and nothing happens.
  if (values.get(TRAP)) return sendPage(reply, mailSentPage(language, email.slice(0, 320)));
  const read = await readTyped(tools, form, values);
  if (!read.ok) return sendPage(reply, formPage(form, seal(tools, form), { values, wrong: read.wrong }), 422);
  const given = values.get(SEAL) ?? '';
  const judged = judgeSeal(given, form.publicId, tools.keys, Date.now());
  if (judged !== 'timely') {
    // Who is quick keeps the time of the first page, so that the next press is late enough.
    return sendPage(reply, oneMorePage(form, judged === 'too-quick' ? given : seal(tools, form), values));
  }
  const { subscriber } = read;
  const consentText = form.texts.consent;
  const done = await tools.db.transaction((tx) =>
    requestSubscription(tx, form, { subscriber, ip: request.ip, consentText }),
  );
  const next =
    done === 'mail'
      ? mailSentPage(language, subscriber.email)
      : subscribedPage(language, form.workspace, form.texts.thanks);
  return sendPage(reply, next);
}

async function readTyped(
  { db }: TrackerTools,
  form: PublicForm,
  values: URLSearchParams,
): Promise<{ ok: true; subscriber: Subscriber } | { ok: false; wrong: Record<string, string> }> {
  const given = (key: string) => values.get(key)?.trim() ?? '';
  const wrong: Record<string, string> = {};
  for (const { key, required } of form.fields) if (required && !given(key)) wrong[key] = 'required';
  const fields = form.fields.filter(({ key }) => key.startsWith('field:') && given(key) !== '');
  const read = await readSubscriber(db, form.workspaceId, {
    email: given('email').slice(0, 400),
    name: form.fields.some(({ key }) => key === 'name') ? given('name') : '',
    fields: Object.fromEntries(fields.map(({ key }) => [key.slice('field:'.length), given(key)])),
  });
  if (!read.ok) {
    for (const { property, code } of read.errors) wrong[property.replace(/^fields\./, 'field:')] = code;
  }
  return read.ok && Object.keys(wrong).length === 0 ? read : { ok: false, wrong };
}

async function confirm(
  { db }: TrackerTools,
  request: ConfirmRequest,
  reply: FastifyReply,
  act: boolean,
): Promise<FastifyReply> {
  const open = await findOpenRequest(db, request.params.token);
  if (!open) return sendPage(reply, closedPage(languageOf(request)), 404);
  const language = languageOfForm(open);
  if (!act && !open.confirmed) return sendPage(reply, confirmPage(language, open.workspace, open.listNames));
  if (!open.confirmed) await db.transaction((tx) => confirmRequest(tx, open));
  return sendPage(reply, subscribedPage(language, open.workspace, open.thanks));
}
