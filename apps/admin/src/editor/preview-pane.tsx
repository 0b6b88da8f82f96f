import { DesktopOutlined, MobileOutlined } from '@ant-design/icons';
import { Checkbox, Segmented, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../api/types.js';
import { ContactSelect } from '../components/contact-select.js';
import { MailFrame } from '../components/mail-frame.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { sizeLevel } from './content.js';

type Preview = Resource<'Preview'>;
const WIDTHS = { desktop: 640, phone: 375 } as const;

interface PreviewPaneProps {
  preview: Preview | undefined;
  error: unknown;
  onRetry: () => void;
  /** The preview is older than the content. */
  settling: boolean;
  contactId: string | undefined;
  onContact: (id: string | undefined) => void;
  /** How it is shown at first. */
  first?: 'desktop' | 'phone';
  /** Offers a look at it as a mail program in dark mode shows it. */
  withDark?: boolean;
}

/** The mail as the server renders it: on a desktop, on a phone or as text; for a sample recipient or a real one. */
export function PreviewPane({
  preview,
  error,
  onRetry,
  settling,
  contactId,
  onContact,
  first = 'desktop',
  withDark = false,
}: PreviewPaneProps) {
  const { t } = useTranslation('editor');
  const [view, setView] = useState<'desktop' | 'phone' | 'text'>(first);
  const [dark, setDark] = useState(false);
  const broken = isBroken(preview);
  const shown = preview?.html === null && !broken ? 'text' : view;
  return (
    <section className="preview" aria-label={t('preview.title')} aria-busy={settling}>
      <div className="preview-bar">
        <Segmented
          aria-label={t('preview.width')}
          value={shown}
          onChange={setView}
          options={[
            { value: 'desktop', icon: <DesktopOutlined />, label: t('preview.desktop') },
            { value: 'phone', icon: <MobileOutlined />, label: t('preview.phone') },
            { value: 'text', label: t('preview.text') },
          ]}
        />
        <ContactSelect
          value={contactId}
          onChange={onContact}
          label={t('preview.as')}
          placeholder={t('preview.asSample')}
        />
        {withDark && shown !== 'text' && (
          <Checkbox checked={dark} onChange={(event) => setDark(event.target.checked)}>
            {t('preview.dark')}
          </Checkbox>
        )}
        {preview?.html && <SizeMeter bytes={preview.size} />}
      </div>
      {preview && (
        <dl className="preview-head">
          <div>
            <dt>{t('subject')}</dt>
            <dd>{preview.subject || '–'}</dd>
          </div>
          {preview.preheader && (
            <div>
              <dt>{t('preheader')}</dt>
              <dd className="quiet">{preview.preheader}</dd>
            </div>
          )}
        </dl>
      )}
      <div className="preview-stage" data-settling={settling}>
        {error && !preview ? <ProblemAlert error={error} onRetry={onRetry} /> : null}
        {!preview && !error && <Skeleton active paragraph={{ rows: 10 }} />}
        {broken && <p className="preview-broken">{t('preview.broken')}</p>}
        {preview && !broken && shown !== 'text' && (
          <MailFrame
            html={preview.html ?? ''}
            width={WIDTHS[shown]}
            height="100%"
            title={t('preview.title')}
            dark={dark}
          />
        )}
        {preview && !broken && shown === 'text' && (
          <pre className="mail-text" tabIndex={0}>
            {preview.text || t('preview.noText')}
          </pre>
        )}
      </div>
    </section>
  );
}

/** Nothing could be rendered, since the source has errors; the list of problems says which. */
function isBroken(preview: Preview | undefined): boolean {
  return preview?.html === null && !preview.text && preview.problems.some(({ severity }) => severity === 'error');
}

/** How near the mail comes to the size at which Gmail hides the rest. */
export function SizeMeter({ bytes }: { bytes: number }) {
  const { t, i18n } = useTranslation('editor');
  const level = sizeLevel(bytes);
  const kilobytes = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 }).format(bytes / 1024);
  const color = { good: 'success', near: 'warning', over: 'error' }[level];
  return (
    <span data-tone={color} className="size-meter" title={t('size.help')}>
      {t(`size.${level}`, { size: kilobytes })}
    </span>
  );
}
