import { CopyOutlined, DeleteOutlined, WarningFilled } from '@ant-design/icons';
import { App, Button, Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import { ConfirmButton } from '../components/confirm-button.js';
import { Bytes } from '../components/count.js';
import { totalUses, type Image } from './image-query.js';
import { DeleteText } from './image-uses.js';

/** Larger ones make a mail slow to open on a phone. */
const HEAVY_BYTES = 1_000_000;

interface ImageCardProps {
  image: Image;
  /** Address of its details on this screen. */
  details: string;
  selected: boolean;
  onSelect: (selected: boolean) => void;
}

/** One image of the library: what it is, where it is used, and what can be done with it. */
export function ImageCard({ image, details, selected, onSelect }: ImageCardProps) {
  const { t } = useTranslation('images');
  const { url, name, alt, width, height, bytes, uses } = image;
  const total = totalUses(uses);
  return (
    <>
      <Checkbox
        className="image-select"
        checked={selected}
        aria-label={t('select', { name })}
        onChange={(event) => onSelect(event.target.checked)}
      />
      <Link to={details} className="image-picture" tabIndex={-1} aria-hidden="true">
        <img src={url} alt="" loading="lazy" />
      </Link>
      <div className="image-text">
        <Link to={details} className="image-name ellipsis" title={name}>
          {name}
        </Link>
        <span className="quiet small ellipsis" title={alt}>
          {alt || t('altNone')}
        </span>
        <span className="quiet small">
          {width} × {height} · <Bytes value={bytes} />
        </span>
        {bytes > HEAVY_BYTES && (
          <span className="image-heavy small">
            <WarningFilled aria-hidden="true" /> {t('heavy')}
          </span>
        )}
        <span className="quiet small">{total > 0 ? t('usedIn', { count: total }) : t('usedNowhere')}</span>
        <ImageButtons image={image} />
      </div>
    </>
  );
}

function ImageButtons({ image }: { image: Image }) {
  const { t } = useTranslation('images');
  const { message } = App.useApp();
  const { id, url, name } = image;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(new URL(url, window.location.href).href);
      message.success(t('copied'));
    } catch {
      message.info(url);
    }
  };
  return (
    <div className="image-buttons">
      <Button size="small" icon={<CopyOutlined />} aria-label={t('copyOf', { name })} onClick={() => void copy()}>
        {t('copy')}
      </Button>
      <ConfirmButton
        size="small"
        danger
        icon={<DeleteOutlined />}
        aria-label={t('deleteOf', { name })}
        question={t('deleteQuestion', { name })}
        consequence={<DeleteText id={id} />}
        confirm={t('delete')}
        onConfirm={async () => {
          await answer(api.DELETE('/api/v1/images/{id}', { params: { path: { id } } }));
          await queryClient.invalidateQueries({ queryKey: ['images'] });
        }}
      />
    </div>
  );
}
