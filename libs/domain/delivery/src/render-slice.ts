import { createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { campaignHeaders, composeMessage, signDkim } from '#engine/message';
import type { DkimKey, OutgoingMessage } from '#engine/message';
import { createRenderer } from '#engine/render';
import type { CompiledContent, MergeData, Renderer } from '#engine/render';
import { createMessageId, createToken, unsubscribeLocalPart, verpLocalPart } from '#engine/token';
import type { KeyRing } from '#engine/token';
import { trackingUrls } from './tracking-urls.js';

/** Everything the worker needs for one slice; crosses a thread boundary, so plain data only. */
export interface RenderTask {
  /** Names the compiled content in the worker's cache. */
  contentKey: string;
  content: CompiledContent;
  campaign: { id: string; name: string; workspaceId: string };
  workspace: { name: string; postalAddress: string };
  from: { name: string; address: string };
  replyTo: string | null;
  attachments: Array<{ filename: string; contentType: string; content: Uint8Array }>;
  trackOpens: boolean;
  trackingUrl: string;
  account: RenderAccount;
  tokenKeys: KeyRing;
  nowMs: number;
  recipients: RenderRecipient[];
}

/** What of an SMTP account stands in its messages. */
export interface RenderAccount {
  returnPath: 'verp' | 'account';
  returnPathDomain: string | null;
  returnPathAddress: string | null;
  dkim: { domain: string; selector: string; privateKeyPem: string } | null;
}

export interface RenderRecipient {
  seq: number;
  email: string;
  name: string;
  fields: MergeData['fields'];
  tags: string[];
}

/** One message, or why this recipient's data can't be made into one. */
export type RenderedMessage =
  { seq: number; ok: true; envelopeFrom: string; message: Uint8Array } | { seq: number; ok: false; reason: string };

/** Renders, composes and signs the messages of one slice; runs in a worker thread under a watchdog. */
export function renderSlice(task: RenderTask): RenderedMessage[] {
  const renderer = cachedRenderer(task);
  const dkim = task.account.dkim ? [cachedKey(task.account.dkim)] : [];
  return task.recipients.map((recipient) => {
    try {
      const message = composeMessage(toMessage(task, renderer, recipient));
      const signed = signDkim(message, dkim, new Date(task.nowMs));
      return { seq: recipient.seq, ok: true, envelopeFrom: returnPath(task, recipient.seq), message: signed };
    } catch (error) {
      return { seq: recipient.seq, ok: false, reason: (error as Error).message.slice(0, 300) };
    }
  });
}

function toMessage(task: RenderTask, renderer: Renderer, recipient: RenderRecipient): OutgoingMessage {
  const ref = { campaignId: task.campaign.id, seq: recipient.seq };
  const urls = trackingUrls(task.trackingUrl, ref, task.tokenKeys, task.trackOpens);
  const { name, fields, tags, email } = recipient;
  const mail = renderer.render({ email, name, fields, tags, campaign: task.campaign, workspace: task.workspace }, urls);
  const domain = domainOf(task.from.address);
  return {
    from: task.from.name ? task.from : { address: task.from.address },
    to: name ? { name, address: email } : { address: email },
    ...(task.replyTo ? { replyTo: task.replyTo } : {}),
    subject: mail.subject,
    date: new Date(task.nowMs),
    messageId: createMessageId(ref, task.tokenKeys, domain),
    headers: [
      ...campaignHeaders({
        listId: `${task.campaign.workspaceId}.lists.${domain}`,
        listName: task.workspace.name,
        unsubscribeUrl: urls.unsubscribe,
        ...unsubscribeMailto(task, recipient.seq),
        feedbackId: `${task.campaign.id}:${task.campaign.workspaceId}:campaign:hongyan`,
        bulk: true,
      }),
      // The reference that comes back with the returned headers where the return path is not ours (QQ, 163, Exmail).
      ['X-Hongyan-Ref', createToken('reply', ref, task.tokenKeys)],
    ],
    ...(mail.html === null ? {} : { html: mail.html }),
    text: mail.text,
    attachments: task.attachments.map((attachment) => ({ ...attachment, content: Buffer.from(attachment.content) })),
    boundarySeed: `${task.campaign.id}.${recipient.seq}`,
  };
}

/** Where bounces of this recipient go: a VERP address where the account can take one, else its own address. */
function returnPath({ account, campaign, tokenKeys, from }: RenderTask, seq: number): string {
  const ref = { campaignId: campaign.id, seq };
  if (account.returnPath === 'verp' && account.returnPathDomain) {
    return `${verpLocalPart(ref, tokenKeys)}@${account.returnPathDomain}`;
  }
  if (account.returnPath === 'verp' && account.returnPathAddress) {
    const [local, domain] = splitAddress(account.returnPathAddress);
    return `${local}+${verpLocalPart(ref, tokenKeys)}@${domain}`;
  }
  return account.returnPathAddress ?? from.address;
}

function unsubscribeMailto({ account, campaign, tokenKeys }: RenderTask, seq: number): { unsubscribeMailto?: string } {
  if (!account.returnPathDomain) return {};
  return {
    unsubscribeMailto: `${unsubscribeLocalPart({ campaignId: campaign.id, seq }, tokenKeys)}@${account.returnPathDomain}`,
  };
}

function domainOf(address: string): string {
  return splitAddress(address)[1];
}

function splitAddress(address: string): [string, string] {
  const at = address.lastIndexOf('@');
  return [address.slice(0, at), address.slice(at + 1)];
}

/** One campaign at a time is the rule; a handful covers several. Compiling costs about a millisecond per 20 kB. */
const renderers = new Map<string, Renderer>();
function cachedRenderer({ contentKey, content }: RenderTask): Renderer {
  let renderer = renderers.get(contentKey);
  if (!renderer) {
    if (renderers.size >= 8) renderers.delete(renderers.keys().next().value ?? '');
    renderer = createRenderer(content);
    renderers.set(contentKey, renderer);
  }
  return renderer;
}

/** Parsing a PEM costs as much as signing. */
const keys = new Map<string, KeyObject>();
function cachedKey(dkim: NonNullable<RenderAccount['dkim']>): DkimKey {
  let privateKey = keys.get(dkim.privateKeyPem);
  if (!privateKey) {
    privateKey = createPrivateKey(dkim.privateKeyPem);
    keys.set(dkim.privateKeyPem, privateKey);
  }
  const algorithm = privateKey.asymmetricKeyType === 'ed25519' ? 'ed25519-sha256' : 'rsa-sha256';
  return { domain: dkim.domain, selector: dkim.selector, algorithm, privateKey };
}
