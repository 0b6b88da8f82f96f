import { PROVIDER_NAMES } from '#engine/pace';

const NAMES: Readonly<Record<string, { zh: string; en: string } | undefined>> = PROVIDER_NAMES;

/** A mailbox provider as its users know it; one that is not known by the id. */
export function providerName(id: string, language: 'zh' | 'en'): string {
  return NAMES[id]?.[language] ?? id;
}
