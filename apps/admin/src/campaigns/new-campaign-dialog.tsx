import { Button, Input, Modal } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Content } from '../editor/index.js';
import { blankContent, type BlankFormat } from './blank-content.js';
import { Field } from './field.js';
import { StartSources } from './start-sources.js';
import { TypeCards, type CampaignType } from './type-cards.js';
import { useCreateCampaign } from './use-create-campaign.js';

/** What kind of campaign, and what its mail begins as: the click that says the latter makes it and goes to its page. */
export default function NewCampaignDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('campaigns');
  return (
    <Modal open={open} onCancel={onClose} footer={null} width={860} title={t('create')} destroyOnHidden>
      <Choices />
    </Modal>
  );
}

function Choices() {
  const { t } = useTranslation('campaigns');
  const [type, setType] = useState<CampaignType>('regular');
  const usual = t('newName', { date: dayjs().format('YYYY-MM-DD') });
  const [name, setName] = useState(usual);
  const { create, busy } = useCreateCampaign();
  const begin = (load: () => Promise<Content>, templateId: string | null = null) => {
    if (!busy) void create({ type, name: name.trim() || usual, load, templateId });
  };
  const blank = (format: BlankFormat) => begin(async () => blankContent(format));
  return (
    <div className="new-campaign" aria-busy={busy}>
      <TypeCards value={type} onChange={setType} />
      <Field id="new-campaign-name" label={t('name')} help={t('nameHelp')}>
        <Input
          id="new-campaign-name"
          value={name}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      {type === 'text' ? (
        <Button type="primary" className="new-campaign-from" onClick={() => blank('text')}>
          {t('startWriting')}
        </Button>
      ) : (
        <div className="start-from">
          <h3 className="new-campaign-from">{t('startFrom')}</h3>
          <div className="row-actions start-blank">
            <Button type="primary" ghost onClick={() => blank('document')}>
              {t('start.document')}
            </Button>
            <Button onClick={() => blank('html')}>{t('start.html')}</Button>
          </div>
          <StartSources onChoose={begin} />
        </div>
      )}
    </div>
  );
}
