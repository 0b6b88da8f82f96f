import { Button, Checkbox, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCanvas } from '../canvas-context.js';
import type { Column, Section } from '../document.js';
import { setColumns, updateColumn, updateSection } from '../edits.js';
import { LAYOUTS } from '../kinds.js';
import { LayoutPicture } from '../layout-picture.js';
import { ColorField, Labelled, NumberField, PaddingField } from './fields.js';
import { VisibilityFields } from './visibility-fields.js';

/** A section: its columns, its background and who sees it. */
export function SectionProperties({ section }: { section: Section }) {
  const { t } = useTranslation('blocks');
  const { doc, apply } = useCanvas();
  const set = (part: Partial<Section>) =>
    apply((now) => updateSection(now, section.id, part), `${section.id}:${Object.keys(part).join()}`);
  const widths = section.columns.map(({ widthPercent }) => widthPercent ?? Math.round(100 / section.columns.length));
  return (
    <>
      <Labelled label={t('section.columns')}>
        <div className="layout-choices">
          {LAYOUTS.map((layout) => (
            <Button
              key={layout.join()}
              size="small"
              className="layout-choice"
              aria-label={t('section.layout', { columns: layout.join(' : ') })}
              aria-pressed={layout.join() === widths.join()}
              onClick={() => apply((now) => setColumns(now, section.id, layout))}
            >
              <LayoutPicture widths={layout} />
            </Button>
          ))}
        </div>
      </Labelled>
      {section.columns.length > 1 &&
        section.columns.map((column, index) => (
          <ColumnFields key={column.id} column={column} number={index + 1} width={widths[index]!} />
        ))}
      <ColorField
        label={t('prop.bg')}
        value={section.bg}
        inherited={doc.settings.contentBg}
        onChange={(bg) => set({ bg })}
      />
      <Checkbox
        className="prop-check"
        checked={section.fullWidth}
        onChange={(event) => set({ fullWidth: event.target.checked })}
      >
        {t('section.fullWidth')}
      </Checkbox>
      <Checkbox
        className="prop-check"
        checked={section.stackOnMobile}
        onChange={(event) => set({ stackOnMobile: event.target.checked })}
      >
        {t('section.stack')}
      </Checkbox>
      <PaddingField label={t('prop.padding')} value={section.padding} onChange={(padding) => set({ padding })} />
      <NumberField
        label={t('prop.radius')}
        value={section.radius}
        min={0}
        max={40}
        onChange={(radius) => set({ radius: Math.round(radius ?? 0) })}
      />
      <VisibilityFields of={section} onChange={set} />
    </>
  );
}

function ColumnFields({ column, number, width }: { column: Column; number: number; width: number }) {
  const { t } = useTranslation('blocks');
  const { apply } = useCanvas();
  const set = (part: Partial<Column>) =>
    apply((now) => updateColumn(now, column.id, part), `${column.id}:${Object.keys(part).join()}`);
  return (
    <fieldset className="column-fields">
      <legend>{t('section.column', { number })}</legend>
      <div className="prop-pair">
        <NumberField
          label={t('prop.width')}
          unit="%"
          value={width}
          min={5}
          max={100}
          onChange={(value) => set({ widthPercent: Math.round(value ?? width) })}
        />
        <Labelled label={t('section.vAlign')}>
          <Segmented<Column['vAlign']>
            size="small"
            aria-label={t('section.vAlign')}
            value={column.vAlign}
            onChange={(vAlign) => set({ vAlign })}
            options={(['top', 'middle', 'bottom'] as const).map((value) => ({ value, label: t(`vAlign.${value}`) }))}
          />
        </Labelled>
      </div>
      <ColorField label={t('prop.bg')} value={column.bg} inherited={null} onChange={(bg) => set({ bg })} />
    </fieldset>
  );
}
