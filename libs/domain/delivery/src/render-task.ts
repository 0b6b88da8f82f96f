import type { CompiledContent, MergeData } from '#engine/render';
import type { KeyRing } from '#engine/token';

/** Everything the worker needs for one slice; crosses a thread boundary, so plain data only. */
export interface RenderTask {
  /** Names the compiled message in the worker's cache: its content and its account. */
  contentKey: string;
  accountKey: string;
  content: CompiledContent;
  campaign: { id: string; name: string; workspaceId: string };
  workspace: { name: string; postalAddress: string };
  from: { name: string; address: string };
  replyTo: string | null;
  attachments: Array<{ filename: string; contentType: string; content: Uint8Array }>;
  trackOpens: boolean;
  /** Asks for a read receipt at the address to which bounces go. */
  readReceipts: boolean;
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
  /** Of every sending domain; the From domain chooses. */
  keys: { domain: string; selector: string; privateKeyPem: string }[];
}

export interface RenderRecipient {
  seq: number;
  email: string;
  name: string;
  fields: MergeData['fields'];
  tags: string[];
  /** What this person did lately, where the content asks for it. */
  behaviour?: MergeData['behaviour'];
}
