import { Checkbox, Input, Segmented, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCanvas } from '../canvas-context.js';
import { DOCUMENT_LIMITS, type Align, type Block, type BlockOf } from '../document.js';
import { updateBlock } from '../edits.js';
import { ReferenceFields } from '../saved-block-content.js';
import { BUTTON_SIZE, HEADING_SIZES } from '../kinds.js';
import { ButtonFields, OptionalButton } from './button-fields.js';
import { AlignField, ColorField, Labelled, NumberField, PaddingField } from './fields.js';
import { ItemsField } from './items-field.js';
import { HrefField, LineField } from './link-field.js';
import { PictureField } from './picture-field.js';
import { VisibilityFields } from './visibility-fields.js';

type Set<B> = (part: Partial<B>) => void;

/** Everything about one block but the words written in it. */
export function BlockProperties({ block }: { block: Block }) {
  const { t } = useTranslation('blocks');
  const { apply } = useCanvas();
  const set: Set<Block> = (part) =>
    apply((now) => updateBlock(now, block.id, part), `${block.id}:${Object.keys(part).join()}`);
  return (
    <>
      <Own block={block} set={set as never} />
      {block.type !== 'reusable' && (
        <>
          <ColorField label={t('prop.bg')} value={block.bg} inherited={null} onChange={(bg) => set({ bg })} />
          <PaddingField label={t('prop.padding')} value={block.padding} onChange={(padding) => set({ padding })} />
        </>
      )}
      <VisibilityFields of={block} onChange={set} />
    </>
  );
}

function Own({ block, set }: { block: Block; set: Set<never> }): ReactNode {
  switch (block.type) {
    case 'text':
    case 'unsubscribeFooter':
      return <TextFields block={block} set={set as Set<typeof block>} />;
    case 'heading':
      return <HeadingFields block={block} set={set as Set<typeof block>} />;
    case 'image':
      return <ImageFields block={block} set={set as Set<typeof block>} />;
    case 'button':
      return <ButtonBlockFields block={block} set={set as Set<typeof block>} />;
    case 'divider':
      return <DividerFields block={block} set={set as Set<typeof block>} />;
    case 'spacer':
      return <SpacerFields block={block} set={set as Set<typeof block>} />;
    case 'social':
    case 'menu':
      return <ItemsField block={block} set={set as Set<typeof block>} />;
    case 'imageText':
      return <ImageTextFields block={block} set={set as Set<typeof block>} />;
    case 'product':
      return <ProductFields block={block} set={set as Set<typeof block>} />;
    case 'video':
      return <VideoFields block={block} set={set as Set<typeof block>} />;
    case 'html':
      return <HtmlFields block={block} set={set as Set<typeof block>} />;
    case 'reusable':
      return <ReferenceFields block={block} />;
  }
}

interface Props<B extends Block> {
  block: B;
  set: Set<B>;
}
type WithTypography = BlockOf<'text' | 'heading' | 'imageText' | 'unsubscribeFooter'>;

/** Colour, size and line height of the words of a block. */
function Typography({ block, set }: Props<WithTypography>) {
  const { t } = useTranslation('blocks');
  const { doc } = useCanvas();
  const { settings } = doc;
  const size = block.type === 'heading' ? HEADING_SIZES[block.level - 1]! : settings.fontSize;
  const change = set as Set<WithTypography>;
  return (
    <>
      <AlignField value={block.align} onChange={(align: Align) => change({ align })} />
      <ColorField
        label={t('prop.color')}
        value={block.color}
        inherited={settings.color}
        against={block.bg ?? settings.contentBg}
        onChange={(color) => change({ color })}
      />
      <div className="prop-pair">
        <NumberField
          label={t('prop.fontSize')}
          value={block.fontSize}
          inherited={size}
          min={8}
          max={72}
          onChange={(fontSize) => change({ fontSize: fontSize && Math.round(fontSize) })}
        />
        <NumberField
          label={t('prop.lineHeight')}
          value={block.lineHeight}
          inherited={settings.lineHeight}
          min={1}
          max={3}
          step={0.1}
          unit=""
          onChange={(lineHeight) => change({ lineHeight })}
        />
      </div>
    </>
  );
}

function TextFields({ block, set }: Props<BlockOf<'text' | 'unsubscribeFooter'>>) {
  const { t } = useTranslation('blocks');
  const change = set as Set<BlockOf<'unsubscribeFooter'>>;
  return (
    <>
      <p className="quiet small prop-note">{t(block.type === 'text' ? 'text.help' : 'footer.help')}</p>
      {block.type === 'unsubscribeFooter' && (
        <>
          <LineField
            label={t('footer.unsubscribe')}
            value={block.unsubscribeLabel}
            onChange={(unsubscribeLabel) => unsubscribeLabel.trim() && change({ unsubscribeLabel })}
          />
          <Checkbox
            className="prop-check"
            checked={block.webVersionLabel !== null}
            onChange={(event) => change({ webVersionLabel: event.target.checked ? t('footer.webWord') : null })}
          >
            {t('footer.web')}
          </Checkbox>
          {block.webVersionLabel !== null && (
            <LineField
              label={t('footer.webLabel')}
              value={block.webVersionLabel}
              onChange={(webVersionLabel) => change({ webVersionLabel })}
            />
          )}
          <Checkbox
            className="prop-check"
            checked={block.showAddress}
            onChange={(event) => change({ showAddress: event.target.checked })}
          >
            {t('footer.address')}
          </Checkbox>
        </>
      )}
      <Typography block={block} set={set as never} />
    </>
  );
}

function HeadingFields({ block, set }: Props<BlockOf<'heading'>>) {
  const { t } = useTranslation('blocks');
  return (
    <>
      <Labelled label={t('prop.level')}>
        <Segmented<number>
          size="small"
          aria-label={t('prop.level')}
          value={block.level}
          onChange={(level) => set({ level })}
          options={[1, 2, 3].map((value) => ({ value, label: t('heading.level', { level: value }) }))}
        />
      </Labelled>
      <Typography block={block} set={set as never} />
    </>
  );
}

function ImageFields({ block, set }: Props<BlockOf<'image'>>) {
  const { t } = useTranslation('blocks');
  return (
    <>
      <PictureField value={block.image} onChange={(image) => set({ image })} />
      <HrefField
        label={t('prop.linkOptional')}
        optional
        value={block.href ?? ''}
        onChange={(href) => set({ href: href || null })}
      />
      <AlignField value={block.align} onChange={(align) => set({ align })} />
      <div className="prop-pair">
        <NumberField
          label={t('prop.width')}
          unit="%"
          value={block.widthPercent}
          min={5}
          max={100}
          onChange={(value) => set({ widthPercent: Math.round(value ?? 100) })}
        />
        <NumberField
          label={t('prop.radius')}
          value={block.radius}
          min={0}
          max={100}
          onChange={(value) => set({ radius: Math.round(value ?? 0) })}
        />
      </div>
    </>
  );
}

function ButtonBlockFields({ block, set }: Props<BlockOf<'button'>>) {
  const { t } = useTranslation('blocks');
  return (
    <>
      <ButtonFields value={block} onChange={set} />
      <AlignField value={block.align} onChange={(align) => set({ align })} />
      <NumberField
        label={t('prop.fontSize')}
        value={block.fontSize}
        inherited={BUTTON_SIZE}
        min={8}
        max={36}
        onChange={(fontSize) => set({ fontSize: fontSize && Math.round(fontSize) })}
      />
      <Checkbox
        className="prop-check"
        checked={block.fullWidth}
        onChange={(event) => set({ fullWidth: event.target.checked })}
      >
        {t('button.fullWidth')}
      </Checkbox>
    </>
  );
}

function DividerFields({ block, set }: Props<BlockOf<'divider'>>) {
  const { t } = useTranslation('blocks');
  return (
    <>
      <ColorField label={t('prop.color')} value={block.color} onChange={(color) => color && set({ color })} />
      <Labelled label={t('divider.style')}>
        {(id) => (
          <Select
            id={id}
            size="small"
            className="wide"
            value={block.style}
            onChange={(style) => set({ style })}
            options={(['solid', 'dashed', 'dotted'] as const).map((value) => ({ value, label: t(`divider.${value}`) }))}
          />
        )}
      </Labelled>
      <div className="prop-pair">
        <NumberField
          label={t('divider.thickness')}
          value={block.thickness}
          min={1}
          max={20}
          onChange={(value) => set({ thickness: Math.round(value ?? 1) })}
        />
        <NumberField
          label={t('prop.width')}
          unit="%"
          value={block.widthPercent}
          min={5}
          max={100}
          onChange={(value) => set({ widthPercent: Math.round(value ?? 100) })}
        />
      </div>
    </>
  );
}

function SpacerFields({ block, set }: Props<BlockOf<'spacer'>>) {
  const { t } = useTranslation('blocks');
  return (
    <NumberField
      label={t('prop.height')}
      value={block.height}
      min={1}
      max={300}
      onChange={(value) => set({ height: Math.round(value ?? 1) })}
    />
  );
}

function ImageTextFields({ block, set }: Props<BlockOf<'imageText'>>) {
  const { t } = useTranslation('blocks');
  return (
    <>
      <PictureField value={block.image} onChange={(image) => set({ image })} />
      <HrefField
        label={t('prop.linkOptional')}
        optional
        value={block.href ?? ''}
        onChange={(href) => set({ href: href || null })}
      />
      <Labelled label={t('imageText.side')}>
        <Segmented<'left' | 'right'>
          size="small"
          aria-label={t('imageText.side')}
          value={block.side}
          onChange={(side) => set({ side })}
          options={(['left', 'right'] as const).map((value) => ({ value, label: t(`align.${value}`) }))}
        />
      </Labelled>
      <NumberField
        label={t('imageText.percent')}
        unit="%"
        value={block.imagePercent}
        min={20}
        max={60}
        onChange={(value) => set({ imagePercent: Math.round(value ?? 40) })}
      />
      <Typography block={block} set={set as never} />
      <OptionalButton value={block.button} onChange={(button) => set({ button })} />
    </>
  );
}

function ProductFields({ block, set }: Props<BlockOf<'product'>>) {
  const { t } = useTranslation('blocks');
  return (
    <>
      <PictureField
        value={block.image ?? { src: '', alt: null, width: null, height: null }}
        onChange={(image) => set({ image })}
      />
      <LineField label={t('product.title')} value={block.title} onChange={(title) => set({ title })} />
      <Labelled label={t('product.description')}>
        {(id) => (
          <Input.TextArea
            id={id}
            size="small"
            autoSize={{ minRows: 2, maxRows: 6 }}
            maxLength={1_000}
            value={block.description}
            onChange={(event) => set({ description: event.target.value })}
          />
        )}
      </Labelled>
      <LineField label={t('product.price')} value={block.price} onChange={(price) => set({ price })} />
      <LineField
        label={t('product.oldPrice')}
        value={block.oldPrice ?? ''}
        onChange={(oldPrice) => set({ oldPrice: oldPrice || null })}
      />
      <HrefField
        label={t('prop.linkOptional')}
        optional
        value={block.href ?? ''}
        onChange={(href) => set({ href: href || null })}
      />
      <AlignField value={block.align} onChange={(align) => set({ align })} />
      <OptionalButton value={block.button} onChange={(button) => set({ button })} />
    </>
  );
}

function VideoFields({ block, set }: Props<BlockOf<'video'>>) {
  const { t } = useTranslation('blocks');
  return (
    <>
      <p className="quiet small prop-note">{t('video.help')}</p>
      <PictureField value={block.image} onChange={(image) => set({ image })} />
      <HrefField label={t('video.href')} value={block.href} onChange={(href) => set({ href })} />
      <LineField label={t('video.label')} value={block.label} onChange={(label) => set({ label })} />
      <AlignField value={block.align} onChange={(align) => set({ align })} />
    </>
  );
}

function HtmlFields({ block, set }: Props<BlockOf<'html'>>) {
  const { t } = useTranslation('blocks');
  return (
    <Labelled label={t('html.code')} help={t('html.help')}>
      {(id) => (
        <Input.TextArea
          id={id}
          className="mono"
          autoSize={{ minRows: 8, maxRows: 20 }}
          maxLength={DOCUMENT_LIMITS.htmlLength}
          value={block.html}
          onChange={(event) => set({ html: event.target.value })}
        />
      )}
    </Labelled>
  );
}
