import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SegmentCondition } from '#contracts';
import { useRule } from './rule-context.js';
import { subjectId, type Subject } from './rule-tree.js';

const CONTACT: Subject[] = [
  ...(['email', 'name', 'domain', 'locale'] as const).map((property) => ({ kind: 'property' as const, property })),
  { kind: 'created' },
  { kind: 'status' },
  { kind: 'suppressed' },
  { kind: 'provider' },
];
const MEMBER: Subject[] = [{ kind: 'list' }, { kind: 'tag' }, { kind: 'consent' }];
const ACTIVITIES = [
  'opened',
  'clicked',
  'replied',
  'bought',
  'sent',
  'bounced',
  'bounced_hard',
  'bounced_soft',
  'complained',
  'unsubscribed',
] as const;
const BEHAVIOUR: Subject[] = [...ACTIVITIES.map((did) => ({ kind: 'activity' as const, did })), { kind: 'recipient' }];

/** What rows can be about, in groups; with the subject of this row, though its field may have been deleted. */
export function useSubjects(condition: SegmentCondition) {
  const { t } = useTranslation('segments');
  const { fields } = useRule().references;
  return useMemo(() => {
    const own = condition.kind === 'field' ? { key: condition.key, type: condition.type } : null;
    const custom: (Subject & { kind: 'field'; label: string })[] = (fields ?? []).map(({ key, label, type }) => ({
      ...{ kind: 'field', key, label, type },
    }));
    if (own && !custom.some(({ key }) => key === own.key)) {
      custom.push({ kind: 'field', ...own, label: fields ? t('goneField', { key: own.key }) : own.key });
    }
    const labelOf = (subject: Subject) => t(`subject.${subjectId(subject).replace(':', '.')}`);
    const entries = (subjects: Subject[]) =>
      subjects.map((subject) => ({ value: subjectId(subject), label: labelOf(subject) }));
    const groups = [
      { label: t('subjects.contact'), options: entries(CONTACT) },
      {
        label: t('subjects.fields'),
        options: custom.map((field) => ({ value: subjectId(field), label: field.label })),
      },
      { label: t('subjects.membership'), options: entries(MEMBER) },
      { label: t('subjects.behaviour'), options: entries(BEHAVIOUR) },
    ];
    const byId = new Map<string, Subject>();
    for (const subject of [...CONTACT, ...MEMBER, ...BEHAVIOUR]) byId.set(subjectId(subject), subject);
    for (const { key, type } of custom) byId.set(`field:${key}`, { kind: 'field', key, type });
    return { options: groups.filter(({ options }) => options.length > 0), byId };
  }, [t, fields, condition]);
}
