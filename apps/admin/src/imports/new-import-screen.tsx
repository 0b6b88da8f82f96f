import { Steps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { upload } from '../api/client.js';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';
import { PageHeader } from '../components/page-header.js';
import { MappingStep } from './mapping-step.js';
import { RulesStep, type Rules } from './rules-step.js';
import { UploadStep } from './upload-step.js';

type Preview = Resource<'ImportPreview'>;
/** How the file is read: found out by the server, corrected by the user. */
export type Format = Pick<Preview, 'encoding' | 'delimiter' | 'hasHeader'>;
/** Where each column goes; null leaves it out. */
export type Mapping = (string | null)[];
/** The preview looks at the beginning only, so that a large file need not be sent twice. */
const HEAD_BYTES = 262_144;

/** File → columns → rules → started. The file stays in the browser until the last step sends it for good. */
export default function NewImportScreen() {
  const { t } = useTranslation('imports');
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const [step, setStep] = useState(0);
  const [file, setFile] = useState<File | null>(null);
  const [preview, setPreview] = useState<Preview | null>(null);
  const [mapping, setMapping] = useState<Mapping>([]);

  const read = async (chosen: File, overrides: Partial<Format> = {}) => {
    const head = new File([chosen.slice(0, HEAD_BYTES)], chosen.name);
    const seen = await upload<Preview>('/api/v1/imports/preview', head, overrides);
    setFile(chosen);
    setPreview(seen);
    setMapping(seen.columns.map(({ target }) => target));
    setStep(1);
  };
  const start = async ({ listId, ...rules }: Rules) => {
    const { encoding, delimiter, hasHeader } = preview!;
    const options = { ...rules, mapping, encoding, delimiter, hasHeader };
    const job = await upload<Resource<'Import'>>(`/api/v1/lists/${listId}/imports`, file!, options);
    await queryClient.invalidateQueries({ queryKey: ['imports'] });
    void navigate(`/imports/${job.id}`);
  };
  const titles = [t('step.file'), t('step.mapping'), t('step.rules')];
  return (
    <>
      <PageHeader title={t('new')} back={{ to: '/imports', label: t('title') }} />
      <div className="panel">
        <Steps current={step} size="small" className="entry-steps" items={titles.map((title) => ({ title }))} />
        {step === 0 && <UploadStep onRead={read} />}
        {step === 1 && preview && file && (
          <MappingStep
            file={file}
            preview={preview}
            mapping={mapping}
            onMapping={setMapping}
            onReread={(overrides) => read(file, overrides)}
            onBack={() => setStep(0)}
            onNext={() => setStep(2)}
          />
        )}
        {step === 2 && <RulesStep listId={params.get('list')} onBack={() => setStep(1)} onStart={start} />}
      </div>
    </>
  );
}
