import { createRenderer } from '#engine/render';
import type { CompiledContent, MergeData } from '#engine/render';

/** One recipient's mail to be shown in a browser. Crosses a thread boundary, so plain data only. */
export interface WebVersionTask {
  content: CompiledContent;
  data: MergeData;
  /** The tracked addresses of the mail's links without their index. */
  linkPrefix: string;
  /** Where its links lead instead, one for each; tracks nothing. */
  links?: string[];
  unsubscribe: string;
  webVersion: string;
  preferences: string;
}

export interface WebVersion {
  subject: string;
  preheader: string;
  html: string | null;
  text: string;
}

/** Entry of the thread. The pixel stays out: who reads here is not counted as opening the mail. */
export default function render({ content, data, linkPrefix, links, ...fixed }: WebVersionTask): WebVersion {
  const urls = { link: (index: number) => links?.[index] ?? `${linkPrefix}${index}`, open: null, ...fixed };
  const { subject, preheader, html, text } = createRenderer(content).render(data, urls);
  return { subject, preheader, html, text };
}
