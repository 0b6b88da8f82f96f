import { PictureOutlined } from '@ant-design/icons';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { useCanvas } from './canvas-context.js';
import type { Align, Block, BlockOf, ButtonStyle, Picture, RichText } from './document.js';
import { updateBlock } from './edits.js';
import { BUTTON_SIZE, HEADING_SIZES } from './kinds.js';
import { SavedBlockContent } from './saved-block-content.js';
import { StaticText } from './rich-text/static-text.js';
import { TextEditor } from './rich-text/text-editor.js';

/** Looks like the mail will, as far as a web page can; the preview is the mail itself. */
export function BlockContent({ block }: { block: Block }) {
  switch (block.type) {
    case 'text':
      return <Writable block={block} style={typography(block)} />;
    case 'heading':
      return (
        <Writable
          block={block}
          style={{ ...typography(block), fontSize: block.fontSize ?? HEADING_SIZES[block.level - 1]! }}
          headingLevel={block.level}
        />
      );
    case 'image':
      return (
        <div style={{ textAlign: block.align }}>
          <Shown picture={block.image} percent={block.widthPercent} radius={block.radius} />
        </div>
      );
    case 'button':
      return (
        <div style={{ textAlign: block.align }}>
          <FakeButton button={block} fullWidth={block.fullWidth} fontSize={block.fontSize} />
        </div>
      );
    case 'divider':
      return (
        <div
          style={{
            width: `${block.widthPercent}%`,
            margin: '0 auto',
            borderTop: `${block.thickness}px ${block.style} ${block.color}`,
          }}
        />
      );
    case 'spacer':
      return <div className="spacer" style={{ height: block.height }} />;
    case 'social':
      return <Social block={block} />;
    case 'menu':
      return (
        <div className="menu-row" style={{ textAlign: block.align, ...inked(block.color), ...sized(block.fontSize) }}>
          {block.items.map(({ label }, index) => (
            <span key={index} className={block.color ? '' : 'rich-link plain'}>
              {label}
            </span>
          ))}
        </div>
      );
    case 'imageText':
      return <ImageText block={block} />;
    case 'product':
      return <Product block={block} />;
    case 'video':
      return (
        <div style={{ textAlign: block.align }}>
          <Shown picture={block.image} percent={100} radius={0} />
          <span className="rich-link">{block.label}</span>
        </div>
      );
    case 'html':
      return <HtmlLook html={block.html} />;
    case 'unsubscribeFooter':
      return <Footer block={block} />;
    case 'reusable':
      return <SavedBlockContent id={block.ref} show={(saved) => <BlockContent block={saved} />} />;
  }
}

type WithText = BlockOf<'text' | 'heading' | 'imageText' | 'unsubscribeFooter'>;

/** The text of a block, written in place. */
function Writable({ block, style, headingLevel }: { block: WithText; style?: CSSProperties; headingLevel?: number }) {
  const { editingId, apply, stopEditing } = useCanvas();
  const change = (content: RichText) => apply((doc) => updateBlock(doc, block.id, { content }), `text:${block.id}`);
  const heading = headingLevel === undefined ? {} : { headingLevel };
  return (
    <div style={style}>
      {editingId === block.id ? (
        <TextEditor
          content={block.content}
          kind={block.type === 'heading' ? 'lines' : 'full'}
          {...heading}
          onChange={change}
          onLeave={stopEditing}
        />
      ) : (
        <StaticText content={block.content} {...heading} />
      )}
    </div>
  );
}

function Shown({ picture, percent, radius }: { picture: Picture; percent: number; radius: number }) {
  const { t } = useTranslation('blocks');
  const style = { width: `${percent}%`, borderRadius: radius };
  if (picture.src && !picture.src.includes('{{')) {
    return <img className="shown-image" src={picture.src} alt={picture.alt ?? ''} style={style} draggable={false} />;
  }
  return (
    <span className="no-image" style={style}>
      <PictureOutlined aria-hidden="true" />
      <span>{picture.src || t('image.none')}</span>
    </span>
  );
}

function FakeButton({
  button,
  fullWidth = false,
  fontSize = null,
}: {
  button: ButtonStyle;
  fullWidth?: boolean;
  fontSize?: number | null;
}) {
  const { doc } = useCanvas();
  return (
    <span
      className="fake-button"
      style={{
        background: button.bg ?? doc.settings.accent,
        color: button.color ?? '#ffffff',
        borderRadius: button.radius,
        display: fullWidth ? 'block' : 'inline-block',
        fontSize: fontSize ?? BUTTON_SIZE,
      }}
    >
      {button.label || '…'}
    </span>
  );
}

function Social({ block }: { block: BlockOf<'social'> }) {
  return (
    <div className="menu-row" style={{ textAlign: block.align, ...inked(block.color) }}>
      {block.items.map(({ label }, index) => (
        <span key={index} className={block.style === 'pill' ? 'pill' : block.color ? '' : 'rich-link plain'}>
          {label}
        </span>
      ))}
    </div>
  );
}

function ImageText({ block }: { block: BlockOf<'imageText'> }) {
  const { device } = useCanvas();
  const stacked = device === 'phone';
  return (
    <div className="image-text-row" data-side={stacked ? 'top' : block.side}>
      <div style={{ width: stacked ? '100%' : `${block.imagePercent}%` }}>
        <Shown picture={block.image} percent={100} radius={0} />
      </div>
      <div className="image-text-words">
        <Writable block={block} style={typography(block)} />
        {block.button && (
          <div style={{ marginTop: 12 }}>
            <FakeButton button={block.button} />
          </div>
        )}
      </div>
    </div>
  );
}

function Product({ block }: { block: BlockOf<'product'> }) {
  return (
    <div style={{ textAlign: block.align }}>
      {block.image && <Shown picture={block.image} percent={100} radius={0} />}
      <div className="product-title">{block.title}</div>
      {block.description && <div className="product-text">{block.description}</div>}
      <div>
        <strong>{block.price}</strong> {block.oldPrice && <s className="product-old">{block.oldPrice}</s>}
      </div>
      {block.button && (
        <div style={{ marginTop: 12 }}>
          <FakeButton button={block.button} />
        </div>
      )}
    </div>
  );
}

function HtmlLook({ html }: { html: string }) {
  const { t } = useTranslation('blocks');
  if (!html.trim()) return <div className="html-empty">{t('html.empty')}</div>;
  return <pre className="html-look">{html.slice(0, 600)}</pre>;
}

function Footer({ block }: { block: BlockOf<'unsubscribeFooter'> }) {
  const { t } = useTranslation('blocks');
  return (
    <div style={typography(block)}>
      <Writable block={block} />
      {block.showAddress && <div>{t('footer.addressSample')}</div>}
      <span className="rich-link">{block.unsubscribeLabel}</span>
      {block.webVersionLabel && (
        <>
          {' · '}
          <span className="rich-link">{block.webVersionLabel}</span>
        </>
      )}
    </div>
  );
}

function typography(block: {
  align: Align;
  color: string | null;
  fontSize: number | null;
  lineHeight: number | null;
}): CSSProperties {
  return {
    textAlign: block.align,
    ...inked(block.color),
    ...sized(block.fontSize),
    ...(block.lineHeight ? { lineHeight: block.lineHeight } : {}),
  };
}

const inked = (color: string | null) => (color ? { color } : {});
const sized = (fontSize: number | null) => (fontSize ? { fontSize } : {});
