import { findBehaviours } from '#domain/contacts';
import { letGo } from './pass.js';
import type { Pass, WaitingRecipient } from './pass.js';
import { skipRecipients } from './record-outcomes.js';
import type { RenderTask } from './render-task.js';
import type { OpenAccount } from './sending-accounts.js';

/**
 * Makes the messages of the next recipients for this account, where they are not made yet; who can't be rendered is
 * settled with the reason and leaves the queue.
 * @param most recipients to look at
 * @returns how many at the head of the queue are ready
 */
export async function renderAhead(pass: Pass, account: OpenAccount, most: number): Promise<number> {
  const head = pass.waiting.splice(0, most);
  const accountKey = account.renderKey;
  const missing = head.filter((recipient) => recipient.renderedFor !== accountKey);
  missing.forEach(letGo);
  const rendered = missing.length > 0 ? await pass.renderer.render(await renderTask(pass, account, missing)) : [];
  const bySeq = new Map(rendered.map((message) => [message.seq, message]));
  const ready: WaitingRecipient[] = [];
  for (const recipient of head) {
    const message = bySeq.get(recipient.seq);
    if (message?.ok === false) continue;
    if (message) Object.assign(recipient, { rendered: message, renderedFor: accountKey });
    ready.push(recipient);
  }
  pass.waiting.unshift(...ready);
  const failures = rendered.filter((message) => !message.ok);
  if (failures.length > 0) await skipRecipients(pass.db, pass.batch, failures);
  return ready.length;
}

async function renderTask(
  pass: Pass,
  account: OpenAccount,
  recipients: readonly WaitingRecipient[],
): Promise<RenderTask> {
  const { campaign, trackingUrl, tokenKeys } = pass;
  const now = new Date();
  const behaviours = await findBehaviours(
    pass.db,
    campaign.workspaceId,
    campaign.mail.content.behaviours ?? [],
    recipients.map(({ contactId }) => contactId),
    now,
  );
  return {
    ...campaign.mail,
    accountKey: account.renderKey,
    account: account.render,
    trackingUrl,
    tokenKeys,
    nowMs: now.getTime(),
    recipients: recipients.map(({ seq, contactId, email, name, fields, tags }) => {
      return { seq, email, name, fields, tags, behaviour: behaviours.get(contactId) };
    }),
  };
}
