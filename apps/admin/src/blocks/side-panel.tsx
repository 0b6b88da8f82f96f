import { Badge, Tabs } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Content, Problem } from '../editor/index.js';
import { useCanvas } from './canvas-context.js';
import { ChecksPanel } from './checks-panel.js';
import { find } from './edits.js';
import { GlobalPanel } from './global-panel.js';
import { ICONS } from './kinds.js';
import { BlockProperties } from './properties/block-properties.js';
import { SectionProperties } from './properties/section-properties.js';

type Tab = 'properties' | 'checks' | 'global';

/** Right of the canvas: what is chosen, what is wrong, and what holds for the whole mail. */
export function SidePanel({
  problems,
  content,
  onChange,
}: {
  problems: Problem[] | undefined;
  content: Content;
  onChange: (part: Partial<Content>) => void;
}) {
  const { t } = useTranslation('blocks');
  const { selectedId } = useCanvas();
  const [tab, setTab] = useState<Tab>('properties');
  const [seen, setSeen] = useState(selectedId);
  if (seen !== selectedId) {
    setSeen(selectedId);
    if (selectedId) setTab('properties');
  }
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    panel.current?.scrollTo({ top: 0 });
  }, [selectedId, tab]);
  const errors = problems?.filter(({ severity }) => severity === 'error').length ?? 0;
  return (
    <aside ref={panel} className="be-side" aria-label={t('side.title')}>
      <Tabs
        size="small"
        activeKey={tab}
        onChange={(key) => setTab(key as Tab)}
        items={[
          { key: 'properties', label: t('side.properties'), children: <Properties /> },
          {
            key: 'checks',
            label: (
              <>
                {t('side.checks')}
                {problems && problems.length > 0 && (
                  <Badge count={problems.length} size="small" color={errors > 0 ? '#a8071a' : '#874d00'} />
                )}
              </>
            ),
            children: <ChecksPanel problems={problems} />,
          },
          {
            key: 'global',
            label: t('side.global'),
            children: (
              <div className="panel-body">
                <GlobalPanel content={content} onChange={onChange} />
              </div>
            ),
          },
        ]}
      />
    </aside>
  );
}

function Properties() {
  const { t } = useTranslation('blocks');
  const { doc, selectedId, select } = useCanvas();
  const at = find(doc, selectedId);
  if (!at) return <p className="panel-body quiet">{t('side.nothing')}</p>;
  const kind = at.block?.type ?? 'section';
  return (
    <div
      className="panel-body properties"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        const id = selectedId!;
        document.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`)?.focus();
      }}
    >
      <div className="prop-title">
        <span aria-hidden="true">{ICONS[kind]}</span> <strong>{t(`block.${kind}`)}</strong>
        {at.block && (
          <button type="button" className="crumb" onClick={() => select(at.section.id)}>
            {t('side.toSection', { number: at.sectionIndex + 1 })}
          </button>
        )}
      </div>
      {at.block ? (
        <BlockProperties key={at.block.id} block={at.block} />
      ) : (
        <SectionProperties key={at.section.id} section={at.section} />
      )}
    </div>
  );
}
