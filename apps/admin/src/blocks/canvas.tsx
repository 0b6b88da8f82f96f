import { useDroppable } from '@dnd-kit/core';
import { Button } from 'antd';
import { Fragment, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { useCanvas } from './canvas-context.js';
import { useCanvasKeys } from './canvas-keys.js';
import type { DocSettings } from './document.js';
import { find } from './edits.js';
import { SectionView } from './section-view.js';

/** As the server writes them into the mail. */
const FONTS: Record<DocSettings['font'], string> = {
  sans: "Arial, 'PingFang SC', 'Microsoft YaHei', sans-serif",
  serif: "Georgia, 'Songti SC', SimSun, serif",
  mono: "Consolas, Menlo, 'PingFang SC', 'Microsoft YaHei', monospace",
};
const PHONE_WIDTH = 375;

/** The mail being made. One tab stop: arrows lead through its sections and blocks. */
export function Canvas({ onStart }: { onStart: () => void }) {
  const { t } = useTranslation('blocks');
  const { doc, selectedId, select, device, place } = useCanvas();
  const onKeyDown = useCanvasKeys();
  const { setNodeRef } = useDroppable({ id: 'canvas', data: { kind: 'canvas', count: doc.sections.length } });
  const { settings, sections } = doc;
  const tabStop = find(doc, selectedId)
    ? selectedId
    : (sections[0]?.columns[0]?.blocks[0]?.id ?? sections[0]?.id ?? null);
  const line = place && 'section' in place ? place.section : null;
  const style = {
    width: device === 'phone' ? PHONE_WIDTH : settings.width,
    fontFamily: FONTS[settings.font],
    fontSize: settings.fontSize,
    lineHeight: settings.lineHeight,
    color: settings.color,
    borderRadius: settings.radius,
    '--mail-link': settings.linkColor,
  } as CSSProperties;
  return (
    <div
      ref={setNodeRef}
      className="be-canvas"
      style={{ background: settings.bg }}
      role="region"
      aria-label={t('canvas')}
      onClick={() => select(null)}
      onKeyDown={onKeyDown}
    >
      <div className="be-mail" style={style} lang={settings.lang}>
        {sections.map((section, index) => (
          <Fragment key={section.id}>
            {line === index && <div className="drop-line" />}
            <SectionView section={section} index={index} tabStop={tabStop} />
          </Fragment>
        ))}
        {line === sections.length && <div className="drop-line" />}
        {sections.length === 0 && (
          <div className="canvas-empty" data-over={line !== null}>
            <strong>{t('empty.title')}</strong>
            <p>{t('empty.text')}</p>
            <Button type="primary" onClick={onStart}>
              {t('empty.start')}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}
