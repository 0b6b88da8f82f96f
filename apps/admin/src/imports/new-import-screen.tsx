import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';
import { PageHeader } from '../components/page-header.js';
import { UploadStep } from './upload-step.js';
import { WizardSteps } from './wizard-steps.js';

/** The beginning of an import: a file, which is kept on the server from here on. */
export default function NewImportScreen() {
  const { t } = useTranslation('imports');
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const goOn = async ({ id }: Resource<'Import'>) => {
    await queryClient.invalidateQueries({ queryKey: ['imports'] });
    const list = params.get('list');
    void navigate(`/imports/${id}/prepare${list ? `?list=${list}` : ''}`);
  };
  return (
    <>
      <PageHeader title={t('new')} back={{ to: '/imports', label: t('title') }} />
      <div className="panel">
        <WizardSteps current="file" />
        <UploadStep onUploaded={goOn} />
      </div>
    </>
  );
}
