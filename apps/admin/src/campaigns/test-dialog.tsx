import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Alert, Modal, Select } from 'antd';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { VariantPick } from '../ab-test/index.js';
import { ApiError, type FieldProblem } from '../api/api-error.js';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import { useSession } from '../app/session.js';
import { ContactSelect } from '../components/contact-select.js';
import { useDraftContext } from './draft-context.js';
import { Field, useFieldError } from './field.js';

const MOST = 10;

interface TestDialogProps {
  open: boolean;
  onClose: () => void;
  /** The variant of an A/B test that is looked at; 0 is the campaign itself. */
  variant?: number;
  /** Saves what the page shows, where that is not the draft itself. */
  before?: () => Promise<boolean>;
}

/** Sends the mail to a few addresses, filled with the data of a contact; nothing of it is counted. */
export function TestDialog({ open, onClose, variant: shown = 0, before }: TestDialogProps) {
  const { t } = useTranslation('campaigns');
  const { campaign, flush } = useDraftContext();
  const { user } = useSession();
  const report = useReport();
  const [to, setTo] = useState<string[]>([user.email]);
  const [contactId, setContactId] = useState<string>();
  const [variant, setVariant] = useState(shown);
  const [problem, setProblem] = useState<string>();
  const send = useMutation({
    mutationFn: async () => {
      if (!(await flush()) || !(await (before?.() ?? true)))
        throw new ApiError({ code: 'VALIDATION_FAILED', status: 422, detail: '' });
      return answer(
        api.POST('/api/v1/campaigns/{id}/test', {
          params: { path: { id: campaign.id } },
          body: { to, variant, ...(contactId ? { contactId } : {}) },
        }),
      );
    },
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: ['campaigns', campaign.id] }),
    // A refused address is told at its field.
    onError: (error) => addressProblems(error).length === 0 && report(error),
  });
  const refused = addressProblems(send.error);
  const words = useFieldError(refused)('to');
  const which = to.length > 1 && to[Number(refused[0]?.property.split('.')[1])];
  const toError = problem ?? (which ? `${which} · ${words}` : words);
  const submit = () => {
    if (to.length === 0) return setProblem(t('test.toMissing'));
    setProblem(undefined);
    send.mutate();
  };
  const close = () => {
    send.reset();
    onClose();
  };
  return (
    <Modal
      open={open}
      title={t('sendTest')}
      onCancel={close}
      onOk={submit}
      okText={send.data ? t('test.again') : t('sendTest')}
      cancelText={t('close')}
      confirmLoading={send.isPending}
      destroyOnHidden
    >
      <p className="quiet">{t('test.help')}</p>
      <Field id="test-to" label={t('test.to')} error={toError}>
        <Select
          id="test-to"
          mode="tags"
          className="wide"
          value={to}
          maxCount={MOST}
          tokenSeparators={[',', ';', ' ', '，', '；']}
          open={false}
          suffixIcon={null}
          status={toError ? 'error' : ''}
          placeholder="name@example.com"
          onChange={(addresses: string[]) => {
            setTo(addresses.map((address) => address.trim()).filter(Boolean));
            setProblem(undefined);
            if (send.isError) send.reset();
          }}
        />
      </Field>
      <Field id="test-contact" label={t('test.contact')} help={t('test.contactHelp')}>
        <ContactSelect id="test-contact" value={contactId} onChange={setContactId} placeholder={t('test.sample')} />
      </Field>
      <Suspense>
        <VariantPick campaignId={campaign.id} value={variant} onChange={setVariant} />
      </Suspense>
      {send.data && (
        <ul className="plain-list test-results" aria-live="polite">
          {send.data.results.map((result) => (
            <li key={result.to} data-ok={result.ok}>
              {result.ok ? <CheckCircleFilled aria-hidden="true" /> : <CloseCircleFilled aria-hidden="true" />}
              <span className="break">
                <strong>{result.to}</strong>{' '}
                {result.ok
                  ? t('test.accepted')
                  : result.heldUp
                    ? t(`test.heldUp.${result.heldUp}`)
                    : t('test.failed', { code: result.code ?? '–' })}
                {!result.ok && !result.heldUp && <code className="mono block">{result.text}</code>}
              </span>
            </li>
          ))}
        </ul>
      )}
      {send.data?.results.some(({ ok }) => ok) && <Alert type="info" showIcon title={t('test.look')} />}
    </Modal>
  );
}

function addressProblems(error: unknown): FieldProblem[] {
  return error instanceof ApiError ? error.errors.filter(({ property }) => /^to\b/.test(property)) : [];
}
