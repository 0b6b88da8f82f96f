import { AppstoreAddOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Modal, Segmented, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../api/client.js';
import type { Resource } from '../api/types.js';
import { emptyDesign } from '../blocks/index.js';
import { MailThumb } from '../components/mail-thumb.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { EMPTY_CONTENT, type Content } from '../editor/index.js';
import { LOCALES, type UiLocale } from '../i18n/messages.js';
import { startersQuery } from './starters.js';
import './templates.css';
import { useCreateTemplate } from './use-create-template.js';

type Starter = Resource<'StarterTemplate'>;

/** Where a new template begins: nothing, or one of the starters in Chinese or English. */
export function StartersModal({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t, i18n } = useTranslation('templates');
  const [locale, setLocale] = useState<UiLocale>(i18n.language === 'en' ? 'en' : 'zh-CN');
  const { create, busy } = useCreateTemplate();
  const { data, error, isPending, refetch } = useQuery({ ...startersQuery, enabled: open });
  const shown = data?.filter((starter) => starter.locale === locale) ?? [];
  return (
    <Modal open={open} onCancel={onClose} footer={null} width={980} title={t('starters.title')} destroyOnHidden>
      <div className="spread gap-below">
        <span className="quiet">{t('starters.help')}</span>
        <Segmented<UiLocale>
          aria-label={t('starters.language')}
          value={locale}
          onChange={setLocale}
          options={LOCALES.map((value) => ({
            value,
            label: <span lang={value}>{value === 'en' ? 'English' : '中文'}</span>,
          }))}
        />
      </div>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      <ul className="gallery gallery-small" aria-busy={busy}>
        <li className="gallery-card">
          <button
            type="button"
            className="gallery-blank"
            disabled={busy}
            onClick={() => void create({ ...EMPTY_CONTENT, name: t('newName'), document: emptyDesign(locale) })}
          >
            <AppstoreAddOutlined className="gallery-icon" />
            <strong>{t('blank.document')}</strong>
            <span className="quiet">{t('blankHelp.document')}</span>
          </button>
        </li>
        {shown.map((starter) => (
          <li key={starter.key} className="gallery-card" lang={starter.locale}>
            <StarterCard starter={starter} busy={busy} onCreate={create} />
          </li>
        ))}
      </ul>
      {isPending && <Skeleton active paragraph={{ rows: 4 }} />}
      <h3 className="gallery-heading">{t('starters.code')}</h3>
      <ul className="gallery gallery-small">
        {(['html', 'mjml', 'text'] as const).map((format) => (
          <li key={format} className="gallery-card">
            <Link className="gallery-blank low" to={`/templates/new?format=${format}`}>
              <strong>{t(`blank.${format}`)}</strong>
              <span className="quiet">{t(`blankHelp.${format}`)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Modal>
  );
}

interface StarterCardProps {
  starter: Starter;
  busy: boolean;
  onCreate: (draft: Content & { name: string }) => Promise<void>;
}

function StarterCard({ starter, busy, onCreate }: StarterCardProps) {
  const { key, name, description, subject, preheader, html, mjml, text, document } = starter;
  const content = { subject, preheader, html, mjml, text, document };
  const preview = () => answer(api.POST('/api/v1/templates/preview', { body: { content } }));
  const inside = (
    <>
      <MailThumb queryKey={['templates', 'starter-thumb', key, starter.locale]} load={preview} />
      <span className="gallery-text">
        <strong className="ellipsis">{name}</strong>
        <span className="quiet">{description}</span>
      </span>
    </>
  );
  if (document) {
    return (
      <button
        type="button"
        className="gallery-whole"
        disabled={busy}
        onClick={() => void onCreate({ ...content, name })}
      >
        {inside}
      </button>
    );
  }
  return (
    <Link className="gallery-whole" to={`/templates/new?starter=${encodeURIComponent(key)}`}>
      {inside}
    </Link>
  );
}
