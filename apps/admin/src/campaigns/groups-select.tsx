import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { listsQuery, segmentsQuery } from '../api/reference.js';

/** Ids of lists and segments. */
interface Groups {
  lists: string[];
  segments: string[];
}

interface GroupsSelectProps {
  id: string;
  value: Groups;
  /** Chosen elsewhere, so not here. */
  taken: Groups;
  placeholder: string;
  invalid?: boolean;
  onChange: (value: Groups) => void;
}

/** Chooses lists and segments in one go; both are groups of contacts to whoever sends. */
export function GroupsSelect({ id, value, taken, placeholder, invalid = false, onChange }: GroupsSelectProps) {
  const { t, i18n } = useTranslation('campaigns');
  const { data: lists, isPending } = useQuery(listsQuery);
  const { data: segments } = useQuery(segmentsQuery);
  const number = new Intl.NumberFormat(i18n.language);
  const ofLists = (lists ?? []).map(({ id: list, name, counts }) => ({
    value: `list:${list}`,
    label: t('listOption', { name, number: number.format(counts.subscribed) }),
    disabled: taken.lists.includes(list),
  }));
  const ofSegments = (segments ?? []).map(({ id: segment, name, count }) => ({
    value: `segment:${segment}`,
    label: count === null ? name : t('listOption', { name, number: number.format(count) }),
    disabled: taken.segments.includes(segment),
  }));
  const chosen = (kind: string, values: string[]) =>
    values.filter((each) => each.startsWith(`${kind}:`)).map((each) => each.slice(kind.length + 1));
  return (
    <Select<string[]>
      id={id}
      mode="multiple"
      className="wide"
      // Numbers stand for names until the names are there.
      value={
        lists && segments
          ? [...value.lists.map((each) => `list:${each}`), ...value.segments.map((each) => `segment:${each}`)]
          : []
      }
      loading={isPending}
      options={
        ofSegments.length === 0
          ? ofLists
          : [
              { label: t('groupOfLists'), options: ofLists },
              { label: t('groupOfSegments'), options: ofSegments },
            ]
      }
      // What has been deleted meanwhile has no name any more; it stays until somebody takes it out.
      labelRender={({ label, value: each }) =>
        label ?? t(String(each).startsWith('list:') ? 'deletedList' : 'deletedSegment')
      }
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={placeholder}
      status={invalid ? 'error' : ''}
      aria-invalid={invalid}
      onChange={(values) => onChange({ lists: chosen('list', values), segments: chosen('segment', values) })}
    />
  );
}
