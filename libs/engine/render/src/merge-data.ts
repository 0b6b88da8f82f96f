import type { Locale } from '#contracts';
import type { RenderUrls } from './render-run.js';

/** What a template can say about one recipient. Values are data: they are never read as a template. */
export interface MergeData {
  email: string;
  name: string;
  fields: Record<string, string | number | boolean | null>;
  tags: string[];
  campaign: { name: string };
  workspace: { name: string; postalAddress: string };
  /** Data of a triggered message, as its sender gave it. */
  data?: Record<string, unknown>;
  /** What this person did lately, by the names in {@link CompiledContent.behaviours}; absent is false. */
  behaviour?: Record<string, boolean>;
}

/** The context `{{…}}` paths start from. */
export function rootContext(data: MergeData, urls: Omit<RenderUrls, 'link' | 'open'>): object {
  return {
    email: data.email,
    name: data.name,
    fields: data.fields,
    tags: data.tags,
    campaign: data.campaign,
    workspace: data.workspace,
    data: data.data ?? {},
    behaviour: data.behaviour ?? {},
    unsubscribeUrl: urls.unsubscribe,
    webVersionUrl: urls.webVersion,
    preferencesUrl: urls.preferences,
  };
}

/** A recipient for previews without a contact, in the language of the workspace. */
export const SAMPLE_RECIPIENTS: Record<Locale, MergeData> = {
  'zh-CN': {
    email: 'li.ming@example.com',
    name: '李明',
    fields: { city: '上海', company: '示例科技', points: 1280, birthday: '1990-03-05', vip: true },
    tags: ['会员', 'newsletter'],
    campaign: { name: '三月通讯' },
    workspace: { name: '示例品牌', postalAddress: '上海市浦东新区示例路 1 号' },
    data: {},
  },
  en: {
    email: 'jane.miller@example.com',
    name: 'Jane Miller',
    fields: { city: 'Bristol', company: 'Example Ltd', points: 1280, birthday: '1990-03-05', vip: true },
    tags: ['member', 'newsletter'],
    campaign: { name: 'March newsletter' },
    workspace: { name: 'Example brand', postalAddress: '1 Example Street, Bristol' },
    data: {},
  },
};

/** Where the language does not matter: for estimating a mail's size, and for what its words look like to a filter. */
export const SAMPLE_MERGE_DATA = SAMPLE_RECIPIENTS['zh-CN'];

/** Addresses as long as real ones, for previews and for estimating a mail's size. */
export const SAMPLE_URLS: RenderUrls = {
  link: (index) => `https://track.example.com/c/${'x'.repeat(44)}/${index}`,
  open: `https://track.example.com/o/${'x'.repeat(44)}.gif`,
  unsubscribe: `https://track.example.com/u/${'x'.repeat(44)}`,
  webVersion: `https://track.example.com/w/${'x'.repeat(44)}`,
  preferences: `https://track.example.com/p/${'x'.repeat(44)}`,
};
