import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCanvas } from '../canvas-context.js';
import { DOCUMENT_LIMITS, type BlockOf } from '../document.js';
import { AlignField, ColorField, Labelled, NumberField } from './fields.js';
import { HrefField, LineField } from './link-field.js';

type Network = BlockOf<'social'>['items'][number]['network'];
const NETWORKS = [
  'wechat',
  'weibo',
  'douyin',
  'xiaohongshu',
  'bilibili',
  'zhihu',
  'website',
  'email',
  'facebook',
  'instagram',
  'linkedin',
  'x',
  'youtube',
  'tiktok',
  'github',
] as const satisfies Network[];

type Item = { label: string; href: string; network?: Network };

/** The links of a menu or of social networks. */
export function ItemsField({
  block,
  set,
}: {
  block: BlockOf<'social' | 'menu'>;
  set: (part: Partial<BlockOf<'social'>> & Partial<BlockOf<'menu'>>) => void;
}) {
  const { t } = useTranslation('blocks');
  const { contentBg, linkColor } = useCanvas().doc.settings;
  const items: Item[] = block.items;
  const social = block.type === 'social';
  const most = social ? DOCUMENT_LIMITS.socialItems : DOCUMENT_LIMITS.menuItems;
  const put = (next: Item[]) => set({ items: next as never });
  const change = (at: number, part: Partial<Item>) =>
    put(items.map((item, index) => (index === at ? { ...item, ...part } : item)));
  const move = (at: number, step: -1 | 1) => {
    const next = [...items];
    [next[at], next[at + step]] = [next[at + step]!, next[at]!];
    put(next);
  };
  const add = () =>
    put([
      ...items,
      social ? { network: 'website', label: t('network.website'), href: '' } : { label: t('menu.word'), href: '' },
    ]);
  return (
    <>
      <ol className="plain-list items">
        {items.map((item, index) => (
          <li key={index}>
            <div className="items-head">
              {social ? (
                <Select<Network>
                  size="small"
                  className="wide"
                  aria-label={t('social.network')}
                  value={item.network!}
                  options={NETWORKS.map((value) => ({ value, label: t(`network.${value}`) }))}
                  onChange={(network) => change(index, { network, label: t(`network.${network}`) })}
                />
              ) : (
                <strong>{t('menu.item', { number: index + 1 })}</strong>
              )}
              <Button
                size="small"
                type="text"
                icon={<ArrowUpOutlined />}
                aria-label={t('tool.up')}
                disabled={index === 0}
                onClick={() => move(index, -1)}
              />
              <Button
                size="small"
                type="text"
                icon={<ArrowDownOutlined />}
                aria-label={t('tool.down')}
                disabled={index === items.length - 1}
                onClick={() => move(index, 1)}
              />
              <Button
                size="small"
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t('tool.remove')}
                disabled={items.length === 1}
                onClick={() => put(items.filter((_, at) => at !== index))}
              />
            </div>
            <LineField label={t('prop.label')} value={item.label} onChange={(label) => change(index, { label })} />
            <HrefField value={item.href} onChange={(href) => change(index, { href })} />
          </li>
        ))}
      </ol>
      <Button size="small" icon={<PlusOutlined />} disabled={items.length >= most} onClick={add} className="gap-below">
        {t('items.add')}
      </Button>
      {block.type === 'social' && (
        <Labelled label={t('social.style')}>
          <Segmented<'text' | 'pill'>
            size="small"
            aria-label={t('social.style')}
            value={block.style}
            onChange={(style) => set({ style })}
            options={(['text', 'pill'] as const).map((value) => ({ value, label: t(`social.${value}`) }))}
          />
        </Labelled>
      )}
      {block.type === 'menu' && (
        <NumberField
          label={t('prop.fontSize')}
          value={block.fontSize}
          inherited={16}
          min={8}
          max={36}
          onChange={(fontSize) => set({ fontSize: fontSize && Math.round(fontSize) })}
        />
      )}
      <AlignField value={block.align} onChange={(align) => set({ align })} />
      <ColorField
        label={t('prop.color')}
        value={block.color}
        inherited={linkColor}
        against={block.bg ?? contentBg}
        onChange={(color) => set({ color })}
      />
    </>
  );
}
