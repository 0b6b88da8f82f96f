import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import { listsQuery } from '../api/reference.js';
import type { Resource } from '../api/types.js';
import { ConfirmButton } from '../components/confirm-button.js';
import { Instant } from '../components/relative-time.js';
import { StatusTag } from '../components/status-tag.js';

type Contact = Resource<'Contact'>;
type Membership = Contact['lists'][number];

/** Memberships with their evidence of consent; unsubscribing and adding. */
export function ContactLists({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts');
  const save = async (change: { id: string; status: Membership['status']; source?: string }) => {
    // Naming one membership leaves the others as they are.
    const { id: listId, status, source } = change;
    const consent = source ? { source, at: new Date().toISOString() } : undefined;
    const fresh = await answer(
      api.PATCH('/api/v1/contacts/{id}', {
        params: { path: { id: contact.id } },
        body: { version: contact.version, lists: [{ id: listId, status, consent }] },
      }),
    );
    queryClient.setQueryData(['contacts', contact.id], fresh);
    for (const name of ['lists', 'contacts']) void queryClient.invalidateQueries({ queryKey: [name] });
  };
  return (
    <section className="panel">
      <h2>{t('column.lists')}</h2>
      {contact.lists.length === 0 && <p className="quiet">{t('noLists')}</p>}
      <ul className="plain-list divided">
        {contact.lists.map((membership) => (
          <li key={membership.id}>
            <MembershipRow membership={membership} email={contact.email} onSave={save} />
          </li>
        ))}
      </ul>
      <AddToList contact={contact} onAdd={(id) => save({ id, status: 'subscribed', source: t('addedByHand') })} />
    </section>
  );
}

function MembershipRow({
  membership,
  email,
  onSave,
}: {
  membership: Membership;
  email: string;
  onSave: (change: { id: string; status: Membership['status']; source?: string }) => Promise<void>;
}) {
  const { t } = useTranslation('contacts');
  const { id, name, status, consent } = membership;
  return (
    <div className="stack">
      <div className="spread">
        <Link to={`/contacts?list=${id}`}>{name}</Link>
        <StatusTag kind="membership" value={status} />
      </div>
      <div className="quiet">
        {consent ? (
          <>
            {t('consentLine', { source: consent.source })} <Instant at={consent.at ?? membership.updatedAt} />
            {consent.ip && ` · ${consent.ip}`}
          </>
        ) : (
          t('noConsent')
        )}
      </div>
      <div>
        {status === 'unsubscribed' ? (
          <ConfirmButton
            size="small"
            question={t('resubscribeQuestion', { email, list: name })}
            consequence={t('resubscribeText')}
            confirm={t('resubscribe')}
            onConfirm={() => onSave({ id, status: 'subscribed', source: t('addedByHand') })}
          >
            {t('resubscribe')}
          </ConfirmButton>
        ) : (
          <ConfirmButton
            size="small"
            danger
            question={t('unsubscribeQuestion', { email, list: name })}
            confirm={t('unsubscribe')}
            onConfirm={() => onSave({ id, status: 'unsubscribed' })}
          >
            {t('unsubscribe')}
          </ConfirmButton>
        )}
      </div>
    </div>
  );
}

function AddToList({ contact, onAdd }: { contact: Contact; onAdd: (id: string) => Promise<void> }) {
  const { t } = useTranslation('contacts');
  const [chosen, setChosen] = useState<string>();
  const [busy, setBusy] = useState(false);
  const report = useReport();
  const lists = useQuery(listsQuery).data ?? [];
  const known = new Set(contact.lists.map(({ id }) => id));
  const rest = lists.filter(({ id }) => !known.has(id));
  if (rest.length === 0) return null;
  const add = async () => {
    if (!chosen) return;
    setBusy(true);
    try {
      await onAdd(chosen);
      setChosen(undefined);
    } catch (error) {
      report(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="inline-form">
      <Select
        aria-label={t('addToList')}
        placeholder={t('addToList')}
        value={chosen}
        onChange={setChosen}
        options={rest.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Button onClick={() => void add()} disabled={!chosen} loading={busy}>
        {t('addShort')}
      </Button>
    </div>
  );
}
