import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Dragged } from './drop-place.js';
import { ICONS, LAYOUTS, NEW_BLOCKS } from './kinds.js';
import { LayoutPicture } from './layout-picture.js';
import { PaletteTile } from './palette-tile.js';
import { SavedBlocks } from './saved-blocks.js';
import { useRoving } from '../components/use-roving.js';

/** What can be put into the mail: dragged to its place, or by Enter or a click after what is chosen. */
export function Palette({ onAdd }: { onAdd: (thing: Dragged) => void }) {
  const { t } = useTranslation('blocks');
  return (
    <aside className="be-palette" aria-label={t('palette.title')}>
      <Tabs
        size="small"
        centered
        items={[
          { key: 'blocks', label: t('palette.blocks'), children: <NewBlocks onAdd={onAdd} /> },
          { key: 'layout', label: t('palette.layout'), children: <Layouts onAdd={onAdd} /> },
          { key: 'saved', label: t('palette.saved'), children: <SavedBlocks onAdd={onAdd} /> },
        ]}
      />
    </aside>
  );
}

function NewBlocks({ onAdd }: { onAdd: (thing: Dragged) => void }) {
  const { t } = useTranslation('blocks');
  const roving = useRoving();
  return (
    <div className="palette-grid" role="toolbar" aria-label={t('palette.blocks')} {...roving}>
      {NEW_BLOCKS.map((type) => (
        <PaletteTile key={type} thing={{ kind: 'new-block', type }} onAdd={onAdd}>
          <span aria-hidden="true">{ICONS[type]}</span>
          <span>{t(`block.${type}`)}</span>
        </PaletteTile>
      ))}
    </div>
  );
}

function Layouts({ onAdd }: { onAdd: (thing: Dragged) => void }) {
  const { t } = useTranslation('blocks');
  const roving = useRoving();
  return (
    <div className="palette-grid layouts" role="toolbar" aria-label={t('palette.layout')} {...roving}>
      {LAYOUTS.map((widths) => (
        <PaletteTile key={widths.join()} thing={{ kind: 'new-section', widths }} onAdd={onAdd}>
          <LayoutPicture widths={widths} />
          <span>{widths.length === 1 ? t('layout.one') : t('layout.many', { columns: widths.join(' : ') })}</span>
        </PaletteTile>
      ))}
    </div>
  );
}
