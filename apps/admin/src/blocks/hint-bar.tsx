import { useTranslation } from 'react-i18next';
import { useBlockName } from './block-view.js';
import { useCanvas } from './canvas-context.js';
import { find } from './edits.js';

/** Where the chosen one stands, and what keys do with it. */
export function HintBar() {
  const { t } = useTranslation('blocks');
  const { doc, selectedId, select } = useCanvas();
  const nameOf = useBlockName();
  const at = find(doc, selectedId);
  return (
    <div className="format-bar hint-bar">
      {at ? (
        <>
          <button type="button" className="crumb" tabIndex={-1} onClick={() => select(at.section.id)}>
            {t('sectionNumber', { number: at.sectionIndex + 1 })}
          </button>
          {at.section.columns.length > 1 && at.block && (
            <span className="quiet">› {t('section.column', { number: at.columnIndex! + 1 })}</span>
          )}
          {at.block && <span className="ellipsis">› {nameOf(at.block)}</span>}
          <span className="quiet hint-keys">{t(at.block ? 'keys.block' : 'keys.section')}</span>
        </>
      ) : (
        <span className="quiet">{t('keys.none')}</span>
      )}
    </div>
  );
}
