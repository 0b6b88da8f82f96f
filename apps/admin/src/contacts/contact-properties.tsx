import { useQuery } from '@tanstack/react-query';
import { Alert, Space, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { fieldsQuery } from '../api/reference.js';
import type { Resource } from '../api/types.js';
import { Instant } from '../components/relative-time.js';
import { useFieldText } from './use-field-text.js';

/** Address, tags and custom fields. */
export function ContactProperties({ contact }: { contact: Resource<'Contact'> }) {
  const { t } = useTranslation('contacts');
  const fields = useQuery(fieldsQuery).data ?? [];
  const show = useFieldText();
  const rows: [string, ReactNode][] = [
    [t('email'), contact.email],
    [t('name'), contact.name || '–'],
    ...fields.map(({ key, label }): [string, ReactNode] => [label, show(contact.fields[key])]),
    [t('locale'), contact.locale ? t(`localeName.${contact.locale}`) : '–'],
    [t('timezone'), contact.timezone ?? '–'],
    [t('column.created'), <Instant key="created" at={contact.createdAt} />],
    [t('column.active'), contact.lastActiveAt ? <Instant key="active" at={contact.lastActiveAt} /> : '–'],
  ];
  return (
    <section className="panel">
      <h2>{t('properties')}</h2>
      {contact.suppressed && (
        <Alert
          type="warning"
          showIcon
          className="gap-below"
          title={t('suppressed')}
          action={<Link to={`/suppressions?q=${encodeURIComponent(contact.email)}`}>{t('suppressedWhy')}</Link>}
        />
      )}
      {contact.tags.length > 0 && (
        <Space size={4} wrap className="gap-below">
          {contact.tags.map((tag) => (
            <Link key={tag} to={`/contacts?tag=${encodeURIComponent(tag)}`}>
              <Tag>{tag}</Tag>
            </Link>
          ))}
        </Space>
      )}
      <dl className="facts">
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
