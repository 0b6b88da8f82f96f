import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { findPreferences, savePreferences } from '#domain/contacts';
import { applyFact } from '#domain/feedback';
import type { Transaction } from '#platform/database';
import { FIELDS, preferencePage, savedPage } from '../pages/preference-pages.js';
import { PAGE_TEXTS } from '../pages/texts.js';
import { testPage } from '../pages/unsubscribe-pages.js';
import { findReader } from '../token-reader.js';
import type { TokenReader } from '../token-reader.js';
import { languageOf, sendNotFound, sendPage } from '../tools.js';
import type { TrackerTools } from '../tools.js';

type PreferenceRequest = FastifyRequest<{ Params: { token: string }; Body: string | undefined }>;
type Known = TokenReader & { contactId: string };

/** `/p/:token`: what a recipient gets from this workspace, chosen list by list. GET changes nothing. */
export function preferenceRoutes(app: FastifyInstance, tools: TrackerTools): void {
  app.get('/p/:token', (request: PreferenceRequest, reply) => answer(tools, request, reply, show));
  app.post('/p/:token', (request: PreferenceRequest, reply) => answer(tools, request, reply, save));
}

async function answer(
  tools: TrackerTools,
  request: PreferenceRequest,
  reply: FastifyReply,
  act: (tools: TrackerTools, request: PreferenceRequest, reader: Known) => Promise<string>,
): Promise<FastifyReply> {
  const found = await findReader(tools, request.params.token);
  if (found === 'test') return sendPage(reply, testPage(languageOf(request)));
  if (!found?.contactId) return sendNotFound(request, reply);
  return sendPage(reply, await act(tools, request, { ...found, contactId: found.contactId }));
}

async function show({ db }: TrackerTools, request: PreferenceRequest, reader: Known): Promise<string> {
  const { workspace, contactId, email } = reader;
  const lists = await findPreferences(db, workspace.id, contactId);
  return preferencePage(languageOf(request, workspace.locale), workspace.name, email, lists);
}

async function save({ db }: TrackerTools, request: PreferenceRequest, reader: Known): Promise<string> {
  const form = new URLSearchParams(request.body ?? '');
  const { workspace, contactId } = reader;
  const language = languageOf(request, workspace.locale);
  const wanted = new Set(form.has(FIELDS.leaveAll) ? [] : form.getAll(FIELDS.list));
  const shown = new Set(form.getAll(FIELDS.shown));
  const text = PAGE_TEXTS[language].preferencesText(workspace.name);
  return db.transaction(async (tx) => {
    await savePreferences(tx, { workspaceId: workspace.id, contactId, wanted, shown, text });
    if (await hasLeftCampaign(tx, reader)) {
      await applyFact(tx, { type: 'unsubscribed', recipient: reader.recipient, at: new Date(), via: 'page' });
    }
    const lists = await findPreferences(tx, workspace.id, contactId);
    return savedPage(
      language,
      lists.filter(({ status }) => status === 'subscribed').map(({ name }) => name),
    );
  });
}

/** Whether the person is on none of the lists the mail was sent to any more: then that mail lost them. */
async function hasLeftCampaign(tx: Transaction, { recipient, contactId }: Known): Promise<boolean> {
  const row = await tx.first<{ left: boolean }>(
    `SELECT bool_or(m.status = 'unsubscribed') AND NOT bool_or(m.status = 'subscribed') AS left
     FROM campaigns c CROSS JOIN jsonb_array_elements_text(c.audience->'lists') AS l (id)
     JOIN list_members m ON m.list_id = l.id::bigint AND m.contact_id = $2
     WHERE c.id = $1`,
    [recipient.campaignId, contactId],
  );
  return row?.left === true;
}
