import { Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { SubjectFields, type Content } from '../editor/index.js';
import { useCanvas } from './canvas-context.js';
import type { DocSettings } from './document.js';
import { ColorField, Labelled, NumberField } from './properties/fields.js';

/** What holds for the whole mail. */
export function GlobalPanel({ content, onChange }: { content: Content; onChange: (part: Partial<Content>) => void }) {
  const { t } = useTranslation('blocks');
  const { doc, apply } = useCanvas();
  const { settings } = doc;
  const set = (part: Partial<DocSettings>) =>
    apply((now) => ({ ...now, settings: { ...now.settings, ...part } }), `settings:${Object.keys(part).join()}`);
  return (
    <>
      <h3 className="prop-heading">{t('global.inbox')}</h3>
      <SubjectFields id="design" value={content} onChange={onChange} />
      <h3 className="prop-heading">{t('global.page')}</h3>
      <NumberField
        label={t('global.width')}
        value={settings.width}
        min={320}
        max={800}
        step={10}
        onChange={(width) => width && set({ width: Math.round(width) })}
      />
      <ColorField label={t('global.bg')} value={settings.bg} onChange={(bg) => bg && set({ bg })} />
      <ColorField
        label={t('global.contentBg')}
        value={settings.contentBg}
        onChange={(contentBg) => contentBg && set({ contentBg })}
      />
      <NumberField
        label={t('prop.radius')}
        value={settings.radius}
        min={0}
        max={40}
        onChange={(radius) => set({ radius: Math.round(radius ?? 0) })}
      />
      <h3 className="prop-heading">{t('global.text')}</h3>
      <Labelled label={t('global.font')}>
        {(id) => (
          <Select
            id={id}
            size="small"
            className="wide"
            value={settings.font}
            onChange={(font) => set({ font })}
            options={(['sans', 'serif', 'mono'] as const).map((value) => ({
              value,
              label: t(`global.fonts.${value}`),
            }))}
          />
        )}
      </Labelled>
      <div className="prop-pair">
        <NumberField
          label={t('prop.fontSize')}
          value={settings.fontSize}
          min={10}
          max={24}
          onChange={(fontSize) => fontSize && set({ fontSize: Math.round(fontSize) })}
        />
        <NumberField
          label={t('prop.lineHeight')}
          value={settings.lineHeight}
          min={1}
          max={3}
          step={0.1}
          unit=""
          onChange={(lineHeight) => lineHeight && set({ lineHeight })}
        />
      </div>
      <ColorField
        label={t('prop.color')}
        value={settings.color}
        against={settings.contentBg}
        onChange={(color) => color && set({ color })}
      />
      <ColorField
        label={t('global.linkColor')}
        value={settings.linkColor}
        against={settings.contentBg}
        onChange={(linkColor) => linkColor && set({ linkColor })}
      />
      <ColorField
        label={t('global.accent')}
        value={settings.accent}
        against="#ffffff"
        onChange={(accent) => accent && set({ accent })}
      />
      <h3 className="prop-heading">{t('global.reading')}</h3>
      <Labelled label={t('global.lang')}>
        <Segmented<DocSettings['lang']>
          size="small"
          aria-label={t('global.lang')}
          value={settings.lang}
          onChange={(lang) => set({ lang })}
          options={[
            { value: 'zh-CN', label: <span lang="zh-CN">中文</span> },
            { value: 'en', label: <span lang="en">English</span> },
          ]}
        />
      </Labelled>
      <Labelled label={t('global.darkMode')} help={t('global.darkHelp')}>
        <Segmented<DocSettings['darkMode']>
          size="small"
          aria-label={t('global.darkMode')}
          value={settings.darkMode}
          onChange={(darkMode) => set({ darkMode })}
          options={(['auto', 'light'] as const).map((value) => ({ value, label: t(`global.dark.${value}`) }))}
        />
      </Labelled>
    </>
  );
}
