import { ImportOutlined, PlusOutlined, TeamOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { answer, api } from '../api/client.js';
import { listsQuery, segmentsQuery, tagsQuery } from '../api/reference.js';
import type { Resource } from '../api/types.js';
import { DataTable } from '../components/data-table.js';
import { EmptyState } from '../components/empty-state.js';
import { ExportButton } from '../components/export-button.js';
import { LinkButton } from '../components/link-button.js';
import { PageHeader } from '../components/page-header.js';
import { StatusTag, useStatusOptions } from '../components/status-tag.js';
import { BulkActions } from './bulk-actions.js';
import { Tags, useContactColumns } from './contact-columns.js';
import { ContactDrawer } from './contact-drawer.js';

type Contact = Resource<'Contact'>;

/** Everyone of the workspace: search, filter, act on many, add by hand. */
export default function ContactsScreen() {
  const { t } = useTranslation('contacts');
  const [params] = useSearchParams();
  const [total, setTotal] = useState<number>();
  const [creating, setCreating] = useState(false);
  const statuses = useStatusOptions('contact');
  const lists = useQuery(listsQuery).data ?? [];
  const segments = useQuery(segmentsQuery).data ?? [];
  const tags = useQuery(tagsQuery).data ?? [];
  const importLink = `/imports/new${params.get('list') ? `?list=${params.get('list')}` : ''}`;
  const add = (
    <Button icon={<PlusOutlined />} onClick={() => setCreating(true)}>
      {t('add')}
    </Button>
  );
  const bringIn = (
    <LinkButton type="primary" icon={<ImportOutlined />} to={importLink}>
      {t('import')}
    </LinkButton>
  );
  return (
    <>
      <PageHeader
        title={t('title')}
        count={total}
        actions={
          <>
            {add}
            <ExportButton
              path="/api/v1/contacts/export.csv"
              file="contacts.csv"
              filters={['q', 'list', 'segment', 'tag', 'status']}
            />
            {bringIn}
          </>
        }
      />
      <DataTable<Contact>
        name="contacts"
        views="contacts"
        label={t('title')}
        load={(query) => answer(api.GET('/api/v1/contacts', { params: { query } }))}
        onTotal={setTotal}
        columns={useContactColumns()}
        searchLabel={t('search')}
        filters={[
          { name: 'list', label: t('filter.list'), options: lists.map(({ id, name }) => ({ value: id, label: name })) },
          {
            name: 'segment',
            label: t('filter.segment'),
            options: segments.map(({ id, name }) => ({ value: id, label: name })),
          },
          { name: 'tag', label: t('filter.tag'), options: tags.map(({ name }) => ({ value: name, label: name })) },
          { name: 'status', label: t('filter.status'), options: statuses },
        ]}
        rowLabel={(contact) => contact.email}
        bulk={(ids, done) => <BulkActions ids={ids} onDone={done} />}
        empty={<EmptyState icon={<TeamOutlined />} title={t('empty.title')} text={t('empty.text')} action={bringIn} />}
        card={(contact) => <ContactCard contact={contact} />}
      />
      <ContactDrawer open={creating} onClose={() => setCreating(false)} listId={params.get('list')} />
    </>
  );
}

function ContactCard({ contact }: { contact: Contact }) {
  return (
    <div className="stack">
      <div className="spread">
        <Link to={`/contacts/${contact.id}`}>{contact.email}</Link>
        <StatusTag kind="contact" value={contact.status} />
      </div>
      {contact.name && <span>{contact.name}</span>}
      <Tags tags={contact.tags} />
    </div>
  );
}
