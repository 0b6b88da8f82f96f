import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { SegmentGroup } from '#contracts';
import { ConditionRow } from './condition-row.js';
import { useRule } from './rule-context.js';
import { GROUPS_DEEP, conditionAbout, placeOf, type Path } from './rule-tree.js';

const FIRST = () => conditionAbout({ kind: 'property', property: 'email' });

/** Conditions and groups of which all, any or none must hold. */
export function RuleGroup({ group, path }: { group: SegmentGroup; path: Path }) {
  const { t } = useTranslation('segments');
  const { change, errorAt } = useRule();
  const place = path.length === 0 ? t('wholeRule') : t('groupAt', { place: placeOf(path) });
  const error = group.of.length === 0 ? errorAt(path) : undefined;
  const { box, adding } = useFocusFollowsRows(group.of.length);
  const add = (node: SegmentGroup['of'][number]) => {
    adding.current = true;
    change(path, { ...group, of: [...group.of, node] });
  };
  return (
    <div ref={box} className="rule-group" data-match={group.kind} role="group" aria-label={place}>
      <div className="rule-group-head">
        <Select<SegmentGroup['kind']>
          className="rule-match"
          aria-label={t('matchOf', { place })}
          value={group.kind}
          options={(['all', 'any', 'none'] as const).map((kind) => ({ value: kind, label: t(`match.${kind}`) }))}
          onChange={(kind) => change(path, { ...group, kind })}
        />
        <span>{t('matchText')}</span>
        {path.length > 0 && (
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t('removeGroup', { place: placeOf(path) })}
            onClick={() => change(path, null)}
          />
        )}
      </div>
      {group.of.length > 0 && (
        <ol className="rule-rows">
          {group.of.map((node, index) => (
            <li key={index} data-joint={index === 0 ? '' : t(`joint.${group.kind}`)}>
              {'of' in node ? (
                <RuleGroup group={node} path={[...path, index]} />
              ) : (
                <ConditionRow condition={node} path={[...path, index]} />
              )}
            </li>
          ))}
        </ol>
      )}
      {error && <div className="field-error">{error}</div>}
      <div className="rule-add">
        <Button size="small" icon={<PlusOutlined />} onClick={() => add(FIRST())}>
          {t('addCondition')}
        </Button>
        {path.length + 1 < GROUPS_DEEP && (
          <Button
            size="small"
            type="text"
            icon={<PlusOutlined />}
            onClick={() => add({ kind: group.kind === 'any' ? 'all' : 'any', of: [FIRST()] })}
          >
            {t('addGroup')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** Who adds a row goes on in it, and who removes the last one does not start again at the top of the page. */
function useFocusFollowsRows(count: number) {
  const box = useRef<HTMLDivElement>(null);
  const adding = useRef(false);
  const before = useRef(count);
  useEffect(() => {
    const find = (selector: string) => box.current?.querySelector<HTMLElement>(`:scope > ${selector}`);
    if (adding.current) find('.rule-rows > li:last-child .rule-subject input')?.focus();
    else if (count < before.current && document.activeElement === document.body) find('.rule-add button')?.focus();
    adding.current = false;
    before.current = count;
  }, [count]);
  return { box, adding };
}
