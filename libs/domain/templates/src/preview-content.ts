import type { z } from 'zod';
import { DomainError, notFound } from '#contracts';
import type { ContentBody, Locale, Preview } from '#contracts';
import { SAMPLE_RECIPIENTS } from '#engine/render';
import type { BehaviourTest, MergeData } from '#engine/render';
import type { Sql } from '#platform/database';
import { findBehaviours, findContact, findFields, mergeDataOf } from '#domain/contacts';
import type { ContentCompiler } from './content-compiler.js';
import { withSavedBlocks } from './saved-blocks.js';

/** As whom a preview is rendered: a contact, given data over a sample person, or the sample person. */
export interface PreviewReader {
  contactId?: string | undefined;
  data?: Record<string, unknown> | undefined;
}

const NOWHERE = { unsubscribe: '#unsubscribe', webVersion: '#web-version', preferences: '#preferences' };

/**
 * Renders content as one reader would see it. Content with errors comes back as its problems and nothing else.
 * @throws DomainError NOT_FOUND for an unknown contact
 */
export async function previewContent(
  sql: Sql,
  compiler: ContentCompiler,
  workspaceId: string,
  content: ContentBody,
  reader: PreviewReader,
): Promise<z.infer<typeof Preview>> {
  const data = await readerData(sql, workspaceId, reader);
  const fields = await findFields(sql, workspaceId);
  const source = await withSavedBlocks(sql, workspaceId, content);
  const compiled = await compiler.compile(source, { trackLinks: true, fields: fields.map(({ key }) => key) });
  if (!compiled.ok) {
    return { subject: '', preheader: '', html: null, text: '', size: 0, problems: compiled.problems, links: [] };
  }
  try {
    const behaviour = await behaviourOf(sql, workspaceId, compiled.content.behaviours ?? [], reader.contactId);
    const mail = await compiler.preview(compiled.content, { ...data, behaviour }, NOWHERE);
    return {
      ...mail,
      size: Buffer.byteLength(mail.html ?? ''),
      problems: compiled.content.problems,
      links: compiled.content.links.map((link) => link.url),
    };
  } catch (error) {
    throw new DomainError(
      'TEMPLATE_INVALID',
      `The content can't be rendered for this reader: ${(error as Error).message}`,
      {
        help: 'Choose another contact, or make the lists in the template shorter.',
      },
    );
  }
}

/** What the chosen contact did; without one nobody did anything. */
async function behaviourOf(
  sql: Sql,
  workspaceId: string,
  tests: readonly BehaviourTest[],
  contactId: string | undefined,
): Promise<Record<string, boolean>> {
  if (!contactId) return {};
  const found = await findBehaviours(sql, workspaceId, tests, [contactId], new Date());
  return found.get(contactId) ?? {};
}

async function readerData(sql: Sql, workspaceId: string, { contactId, data }: PreviewReader): Promise<MergeData> {
  const workspace = await sql.first<{ name: string; postalAddress: string; locale: Locale }>(
    'SELECT name, postal_address AS "postalAddress", locale FROM workspaces WHERE id = $1',
    [workspaceId],
  );
  if (!workspace) throw notFound('workspace', workspaceId);
  const contact = contactId ? await findContact(sql, workspaceId, contactId) : undefined;
  if (contactId && !contact) throw notFound('contact', contactId);
  const { locale, ...brand } = workspace;
  return {
    ...SAMPLE_RECIPIENTS[locale],
    ...(contact ? mergeDataOf(contact) : {}),
    workspace: brand,
    ...(data ? { data } : {}),
  };
}
