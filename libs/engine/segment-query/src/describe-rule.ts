import type { SegmentCondition, SegmentNode, SegmentRule } from '#contracts';
import { EN } from './words/en.js';
import { ZH } from './words/zh.js';
import type { Words } from './words/words.js';

/** Names of what a rule refers to; undefined for what has gone. */
export interface RuleNames {
  field(key: string): string | undefined;
  list(id: string): string | undefined;
  campaign(id: string): string | undefined;
}

const WORDS = { 'zh-CN': ZH, en: EN } as const;

/** A rule as one sentence, for people; the same in the API and on the page. */
export function describeRule(rule: SegmentRule, names: RuleNames, locale: 'zh-CN' | 'en'): string {
  const words = WORDS[locale];
  const text = describe(rule.root, { words, names }, true);
  return words.sentence(text);
}

interface Language {
  words: Words;
  names: RuleNames;
}

function describe(node: SegmentNode, language: Language, outermost = false): string {
  if (!('of' in node)) return condition(node, language);
  const { words } = language;
  const parts = node.of.map((inner) => describe(inner, language));
  const joined = parts.join(node.kind === 'all' ? words.and : words.or);
  if (node.kind === 'none') return words.noneOf(joined);
  return outermost || parts.length === 1 ? joined : words.group(joined);
}

function condition(each: SegmentCondition, { words, names }: Language): string {
  const listed = (ids: readonly string[], name: (id: string) => string | undefined, gone: string) =>
    words.listed(ids.map((id) => words.quote(name(id) ?? gone)));
  const listNames = (ids: readonly string[]) => listed(ids, names.list, words.goneList);
  const campaignNames = (ids: readonly string[]) => listed(ids, names.campaign, words.goneCampaign);
  switch (each.kind) {
    case 'property':
      return words.test(words.property[each.property], each.test);
    case 'created':
      return words.test(words.created, each.when);
    case 'field': {
      const name = names.field(each.key) ?? words.goneField(each.key);
      return each.type === 'boolean' && each.test.op === 'is'
        ? words.truth(name, each.test.value)
        : words.test(name, each.test as Exclude<typeof each.test, { op: 'is'; value: boolean }>);
    }
    case 'tag':
      return words.tag[each.op](words.listed(each.tags.map(words.quote)), each.tags.length);
    case 'list':
      return words.list(each.op, words.membership[each.status], listNames(each.lists), each.lists.length);
    case 'consent':
      return words.consent(each.op === 'has', {
        lists: each.lists.length > 0 ? listNames(each.lists) : null,
        source: each.source && words.quote(each.source),
        when: words.period(each.when),
      });
    case 'status':
      return words.oneOf(
        words.statusIs,
        each.op === 'is',
        words.either(each.values.map((value) => words.status[value])),
      );
    case 'suppressed':
      return words.suppressed(
        each.op === 'is',
        each.reasons.length > 0 ? words.either(each.reasons.map((reason) => words.reason[reason])) : null,
      );
    case 'provider':
      return words.oneOf(
        words.providerIs,
        each.op === 'is',
        words.either(each.providers.map((id) => words.provider(id))),
      );
    case 'activity':
      return words.activity(each.op === 'did', words.did[each.did], {
        campaigns: each.campaigns.length > 0 ? campaignNames(each.campaigns) : null,
        url: each.did === 'clicked' && each.url ? words.quote(each.url) : null,
        when: words.period(each.when),
        atLeast: each.atLeast > 1 ? each.atLeast : null,
        machine: each.machine && (each.did === 'opened' || each.did === 'clicked'),
      });
    case 'recipient':
      return words.recipient(each.op === 'is', campaignNames([each.campaign]), words.outcome[each.outcome], {
        link: each.link === null ? null : each.link + 1,
        reason: each.reason,
        provider: each.provider && words.provider(each.provider),
      });
  }
}
