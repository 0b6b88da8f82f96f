import { createHash } from 'node:crypto';
import type { ContentBody, FieldError } from '#contracts';
import type { Sql } from '#platform/database';
import { withSavedBlocks } from '#domain/templates';
import type { ContentCompiler } from '#domain/templates';

/** Contents this process knows to be stored; an application sends the same few over and over. */
const KNOWN_MAX = 1_000;
/** After this it is made sure of again: what nobody has used for half a year is removed. */
const KNOWN_MS = 24 * 3_600_000;

/** Where a message has no address to put: it is no list mail, and it is not kept for the web. */
const WITHOUT_ADDRESS: Record<string, string> = {
  unsubscribeUrl: 'an unsubscribe link, but triggered mail belongs to no list that one could leave',
  webVersionUrl: 'a link to a web version, but triggered mail has none',
  preferencesUrl: 'a link to the preference center, but triggered mail belongs to no list',
};

/** Content of triggered messages: compiled once for each wording, and checked when the message is taken in. */
export class MessageContents {
  private readonly known = new Map<string, { id: string; at: number }>();

  constructor(private readonly compiler: ContentCompiler) {}

  /**
   * Compiles content, unless it is known, and stores it.
   * @param errors gets the problems of content that can't be sent, each at its part
   * @returns id of the stored content; null where it has errors
   */
  async store(sql: Sql, workspaceId: string, content: ContentBody, errors: FieldError[]): Promise<string | null> {
    const source = await withSavedBlocks(sql, workspaceId, content);
    const hash = createHash('sha256').update(JSON.stringify(source)).digest();
    const key = `${workspaceId}:${hash.toString('base64')}`;
    const known = this.known.get(key);
    if (known && performance.now() - known.at < KNOWN_MS) return known.id;
    const compiled = await this.compiler.compile(source, { trackLinks: false, footer: null });
    if (!compiled.ok) {
      for (const { property, code, message, params, line } of compiled.problems) {
        errors.push({ property, code, message, params: { ...params, ...(line ? { line } : {}) } });
      }
      return null;
    }
    const property = source.document ? 'document' : source.mjml ? 'mjml' : source.html ? 'html' : 'text';
    for (const variable of compiled.content.variables.filter((each) => Object.hasOwn(WITHOUT_ADDRESS, each))) {
      const message = `The content has {{${variable}}}, ${WITHOUT_ADDRESS[variable]}. Take it out.`;
      errors.push({ property, code: 'NOT_FOR_TRIGGERED_MAIL', message, params: { variable } });
    }
    if (errors.length > 0) return null;
    const id = await insertContent(sql, workspaceId, hash, compiled.content);
    if (this.known.size >= KNOWN_MAX) this.known.delete(this.known.keys().next().value ?? '');
    this.known.set(key, { id, at: performance.now() });
    return id;
  }
}

async function insertContent(sql: Sql, workspaceId: string, hash: Buffer, compiled: object): Promise<string> {
  // The update makes the present row come back, and young again.
  const row = await sql.first<{ id: string }>(
    `INSERT INTO message_contents AS c (workspace_id, hash, compiled) VALUES ($1, $2, $3)
     ON CONFLICT (workspace_id, hash) DO UPDATE SET created_at = now() RETURNING c.id`,
    [workspaceId, hash, JSON.stringify(compiled)],
  );
  return row!.id;
}
