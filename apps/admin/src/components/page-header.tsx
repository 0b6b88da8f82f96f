import { ArrowLeftOutlined } from '@ant-design/icons';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Count } from './count.js';

interface PageHeaderProps {
  title: string;
  /** Shown small beside the title, once known. */
  count?: number | undefined;
  /** One sentence below the title. */
  description?: ReactNode;
  /** Beside the title: a StatusTag, say. */
  extra?: ReactNode;
  /** Buttons at the right; the primary one last. */
  actions?: ReactNode;
  /** Where the screen belongs to: shown as a link above the title. */
  back?: { to: string; label: string };
}

/** Head of every screen: the `h1`, its buttons, and the title of the browser tab. */
export function PageHeader({ title, count, description, extra, actions, back }: PageHeaderProps) {
  const { t } = useTranslation('components');
  useEffect(() => {
    document.title = t('documentTitle', { title });
  }, [t, title]);
  return (
    <header className="page-header">
      {back && (
        <Link className="page-back" to={back.to}>
          <ArrowLeftOutlined aria-hidden="true" /> {back.label}
        </Link>
      )}
      <div className="page-header-row">
        <div className="page-header-text">
          <div className="page-header-title">
            <h1>{title}</h1>
            {count !== undefined && (
              <span className="page-count">
                <Count value={count} />
              </span>
            )}
            {extra}
          </div>
          {description && <p className="page-description">{description}</p>}
        </div>
        {actions && <div className="page-header-actions">{actions}</div>}
      </div>
    </header>
  );
}
