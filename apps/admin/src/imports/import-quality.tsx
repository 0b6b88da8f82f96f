import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';
import { ConfirmButton } from '../components/confirm-button.js';
import { useAddressReason } from '../words/index.js';
import { ReasonList } from './reason-list.js';

type ImportJob = Resource<'Import'>;

/** Says that the members of an import are held back, why, and lets a person release them. */
export function Held({ job: { id, held, releasedAt } }: { job: ImportJob }) {
  const { t } = useTranslation('imports');
  if (!held) {
    return releasedAt ? <Alert type="info" showIcon className="gap-below" title={t('released')} /> : null;
  }
  const release = async () => {
    await answer(api.POST('/api/v1/imports/{id}/release', { params: { path: { id } } }));
    await queryClient.invalidateQueries({ queryKey: ['imports'] });
  };
  return (
    <Alert
      type="warning"
      showIcon
      className="gap-below"
      title={t('held')}
      description={t('heldText', { mailed: held.mailed, bounced: held.bounced })}
      action={
        <ConfirmButton
          question={t('releaseQuestion')}
          consequence={t('releaseText')}
          confirm={t('release')}
          onConfirm={release}
        >
          {t('release')}
        </ConfirmButton>
      }
    />
  );
}

/** Addresses of the file that are not valid, by reason, and what became of them. */
export function Quality({ job: { quality, risky, listId } }: { job: ImportJob }) {
  const { t } = useTranslation('imports');
  const reasonOf = useAddressReason();
  if (quality.length === 0) return null;
  return (
    <div className="gap-below">
      <h3>{t('quality')}</h3>
      <ReasonList reasons={quality.map(({ reason, count }) => ({ word: reasonOf(reason), count }))} />
      <p className="quiet small">
        {t(`qualityDone.${risky}`)} {risky !== 'skip' && <Link to={`/lists/${listId}/quality`}>{t('cleanList')}</Link>}
      </p>
    </div>
  );
}
