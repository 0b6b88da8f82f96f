import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../api/types.js';
import { CopyField } from '../components/copy-field.js';

/** The TXT record that proves the signature, to copy into the DNS. */
export function DkimRecord({ dkim }: { dkim: NonNullable<Resource<'SmtpAccount'>['dkim']> }) {
  const { t } = useTranslation('senders');
  return (
    <div className="stack">
      <Alert type="info" showIcon title={t('dkim.publish')} className="gap-below" />
      <span>{t('dkim.host')}</span>
      <CopyField value={`${dkim.selector}._domainkey.${dkim.domain}`} label={t('dkim.host')} />
      <span>{t('dkim.type')}</span>
      <code className="mono">TXT</code>
      <span>{t('dkim.value')}</span>
      <CopyField value={dkim.dnsRecord} label={t('dkim.value')} />
    </div>
  );
}
