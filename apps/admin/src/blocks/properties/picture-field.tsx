import { PictureOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ImageDialog } from '../../editor/index.js';
import type { Picture } from '../document.js';
import { Labelled } from './fields.js';

/** A picture of the media library and the words that stand for it. */
export function PictureField({ value, onChange }: { value: Picture; onChange: (picture: Picture) => void }) {
  const { t } = useTranslation('blocks');
  const [open, setOpen] = useState(false);
  const missing = value.src !== '' && value.alt === null;
  return (
    <>
      <Labelled label={t('prop.picture')}>
        <div className="picture-row">
          {value.src && !value.src.includes('{{') && <img src={value.src} alt="" />}
          <Button size="small" icon={<PictureOutlined />} onClick={() => setOpen(true)}>
            {t(value.src ? 'image.replace' : 'image.choose')}
          </Button>
        </div>
        {value.width && value.height && (
          <div className="quiet small">
            {value.width} × {value.height}
          </div>
        )}
      </Labelled>
      <Labelled label={t('image.alt')} help={missing ? t('image.altMissing') : undefined}>
        {(id) => (
          <Input
            id={id}
            size="small"
            value={value.alt ?? ''}
            maxLength={500}
            disabled={value.alt === ''}
            status={missing ? 'warning' : ''}
            placeholder={value.alt === '' ? t('image.decorative') : t('image.altExample')}
            onChange={(event) => onChange({ ...value, alt: event.target.value || null })}
          />
        )}
      </Labelled>
      <Checkbox
        className="prop-check"
        checked={value.alt === ''}
        onChange={(event) => onChange({ ...value, alt: event.target.checked ? '' : null })}
      >
        {t('image.decorative')}
      </Checkbox>
      <ImageDialog
        open={open}
        onClose={() => setOpen(false)}
        onChoose={({ url, width, height }, alt) => {
          const src = new URL(url, window.location.href).href;
          onChange({ src, width, height, alt: alt || value.alt });
        }}
      />
    </>
  );
}
