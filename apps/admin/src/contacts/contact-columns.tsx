import { useQuery } from '@tanstack/react-query';
import { Space, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { fieldsQuery } from '../api/reference.js';
import type { Resource } from '../api/types.js';
import type { Column } from '../components/data-table.js';
import { RelativeTime } from '../components/relative-time.js';
import { StatusTag } from '../components/status-tag.js';
import { EngagementStars } from './engagement-stars.js';
import { useFieldText } from './use-field-text.js';

type Contact = Resource<'Contact'>;
const TAGS_SHOWN = 3;

/** What a list of contacts can show: the usual columns, others, and one for each custom field. */
export function useContactColumns(): Column<Contact>[] {
  const { t } = useTranslation('contacts');
  const fields = useQuery(fieldsQuery).data ?? [];
  const fieldText = useFieldText();
  return [
    {
      title: t('column.contact'),
      key: 'contact',
      render: (_, contact) => (
        <div className="two-lines">
          <Link to={`/contacts/${contact.id}`} className="ellipsis" title={contact.email}>
            {contact.email}
          </Link>
          <span className="ellipsis">{contact.name || '–'}</span>
        </div>
      ),
    },
    {
      title: t('column.status'),
      key: 'status',
      choice: 'usual',
      render: (_, { status }) => <StatusTag kind="contact" value={status} />,
    },
    {
      title: t('column.lists'),
      key: 'lists',
      choice: 'usual',
      render: (_, contact) => <ListNames contact={contact} />,
    },
    { title: t('column.tags'), key: 'tags', choice: 'usual', render: (_, { tags }) => <Tags tags={tags} /> },
    {
      title: t('column.created'),
      key: 'created',
      choice: 'usual',
      render: (_, { createdAt }) => <RelativeTime at={createdAt} />,
    },
    {
      title: t('column.engagement'),
      key: 'active',
      choice: 'usual',
      render: (_, { lastActiveAt }) => <EngagementStars lastActiveAt={lastActiveAt} />,
    },
    {
      title: t('locale'),
      key: 'locale',
      choice: 'extra',
      render: (_, { locale }) => (locale ? t(`localeName.${locale}`) : '–'),
    },
    { title: t('timezone'), key: 'timezone', choice: 'extra', render: (_, { timezone }) => timezone ?? '–' },
    ...fields.map(({ key, label }): Column<Contact> => ({
      title: label,
      key: `field.${key}`,
      choice: 'extra',
      render: (_, contact) => <FieldCell text={fieldText(contact.fields[key])} />,
    })),
  ];
}

function FieldCell({ text }: { text: string }) {
  return (
    <span className="ellipsis clip-fifth" title={text}>
      {text}
    </span>
  );
}

function ListNames({ contact }: { contact: Contact }) {
  const names = contact.lists.filter(({ status }) => status === 'subscribed').map(({ name }) => name);
  const all = names.join(' · ');
  return (
    <span className="ellipsis clip-fifth" title={all}>
      {all || '–'}
    </span>
  );
}

/** The first tags of a contact, and how many more there are. */
export function Tags({ tags }: { tags: string[] }) {
  if (tags.length === 0) return null;
  const rest = tags.slice(TAGS_SHOWN);
  return (
    <Space size={4} wrap>
      {tags.slice(0, TAGS_SHOWN).map((tag) => (
        <Tag key={tag} className="tag-clip">
          {tag}
        </Tag>
      ))}
      {rest.length > 0 && <span title={rest.join(' · ')}>+{rest.length}</span>}
    </Space>
  );
}
