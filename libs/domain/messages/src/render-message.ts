import { domainOf } from '#engine/address';
import { composeMessage, readDkimKey, returnPathOf, signDkim, signingKeyFor } from '#engine/message';
import { createRenderer } from '#engine/render';
import type { CompiledContent, Renderer } from '#engine/render';
import { MAIL_NAME_PREFIX, createMessageTokens } from '#engine/token';
import type { KeyRing } from '#engine/token';
import type { RenderAccount } from '#domain/delivery';
import type { AnswerParts } from './message.repository.js';

/** Everything a render thread needs for one message; plain data, since it crosses a thread boundary. */
export interface MessageTask {
  id: string;
  workspaceId: string;
  workspace: { name: string; postalAddress: string };
  contentId: string;
  content: CompiledContent;
  to: { name: string; address: string };
  from: { name: string; address: string };
  replyTo: string | null;
  /** Of an answer; a template has its own. */
  subject: string;
  answer: AnswerParts | null;
  data: Record<string, unknown>;
  tags: string[];
  files: Array<{ filename: string; contentType: string; content: Uint8Array }>;
  account: RenderAccount;
  tokenKeys: KeyRing;
  nowMs: number;
}

export type RenderedTask = { ok: true; returnPath: string; bytes: Uint8Array } | { ok: false; detail: string };

/** Renders, composes and signs one message. What its template and data can't be made into is a value, not an error. */
export function renderMessage(task: MessageTask): RenderedTask {
  try {
    const token = createMessageTokens(task.id, task.tokenKeys);
    const message = composeMessage(outgoing(task, token('message-id'), token('reply')));
    const { account, from } = task;
    const returnPath = returnPathOf(account, `${MAIL_NAME_PREFIX.bounce}${token('bounce')}`, from.address);
    return { ok: true, returnPath, bytes: signed(task, message) };
  } catch (error) {
    return { ok: false, detail: (error as Error).message.slice(0, 500) };
  }
}

/** A private mail, sent by a program: no list headers, nothing tracked, and no vacation reply is wanted (RFC 3834). */
function outgoing(task: MessageTask, messageId: string, reference: string): Parameters<typeof composeMessage>[0] {
  const { to, from, replyTo, answer, workspaceId } = task;
  const mail = answer ? { subject: task.subject, html: null, text: answer.text } : contentOf(task);
  return {
    from: from.name ? from : { address: from.address },
    to: to.name ? to : { address: to.address },
    ...(replyTo ? { replyTo } : {}),
    subject: mail.subject,
    date: new Date(task.nowMs),
    messageId: `<${MAIL_NAME_PREFIX['message-id']}${messageId}@${domainOf(from.address)}>`,
    headers: [...(answer ? threadHeaders(answer) : programHeaders(workspaceId)), ['X-Hongyan-Ref', reference]],
    ...(mail.html === null ? {} : { html: mail.html }),
    text: mail.text,
    attachments: task.files.map((file) => ({ ...file, content: Buffer.from(file.content) })),
    boundarySeed: `message ${task.id}`,
  };
}

function contentOf(task: MessageTask): { subject: string; html: string | null; text: string } {
  const { to, tags, data, workspace } = task;
  return rendererOf(task).render(
    { email: to.address, name: to.name, fields: {}, tags, campaign: { name: '' }, workspace, data },
    { link: () => '#', open: null, unsubscribe: '', webVersion: '', preferences: '' },
  );
}

function programHeaders(workspaceId: string): [string, string][] {
  return [
    ['Feedback-ID', `:${workspaceId}:triggered:hongyan`],
    ['Auto-Submitted', 'auto-generated'],
  ];
}

/** A person's answer is no automatic mail: it has its place in the thread instead (RFC 5322 section 3.6.4). */
function threadHeaders({ inReplyTo, references }: AnswerParts): [string, string][] {
  return [
    ...(inReplyTo === null ? [] : [['In-Reply-To', inReplyTo] as [string, string]]),
    ...(references.length === 0 ? [] : [['References', references.join(' ')] as [string, string]]),
  ];
}

function signed({ account, from, nowMs }: MessageTask, message: Buffer): Uint8Array {
  const key = signingKeyFor(account.keys, domainOf(from.address));
  return key ? signDkim(message, [readDkimKey(key)], new Date(nowMs)) : message;
}

/** An application sends few contents, over and over. */
const RENDERERS_MAX = 32;
const renderers = new Map<string, Renderer>();
function rendererOf({ contentId, content }: MessageTask): Renderer {
  let renderer = renderers.get(contentId);
  if (!renderer) {
    if (renderers.size >= RENDERERS_MAX) renderers.delete(renderers.keys().next().value ?? '');
    renderer = createRenderer(content);
    renderers.set(contentId, renderer);
  }
  return renderer;
}
