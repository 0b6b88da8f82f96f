import { MoreOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { useConfirm } from '../components/confirm-button.js';
import { EMPTY_CONTENT, type Content } from '../editor/index.js';
import type { Doc } from './document.js';
import { documentText } from './document-text.js';

/** The ways out of the block editor. There is none back, so each is asked about; an earlier version can be restored. */
export function MoreMenu({ doc, onChange }: { doc: Doc; onChange: (part: Partial<Content>) => void }) {
  const { t } = useTranslation('blocks');
  const ask = useConfirm();
  const { html, mjml, text, document } = EMPTY_CONTENT;
  const leave = (kind: 'mjml' | 'text', load: () => Promise<Partial<Content>>) =>
    ask({
      question: t(`leave.${kind}.question`),
      consequence: t(`leave.${kind}.text`),
      confirm: t(`leave.${kind}.confirm`),
      onConfirm: async () => onChange({ html, mjml, text, document, ...(await load()) }),
    });
  return (
    <Dropdown
      trigger={['click']}
      placement="bottomRight"
      menu={{
        items: [
          {
            key: 'mjml',
            label: t('leave.mjml.item'),
            onClick: () =>
              leave('mjml', async () =>
                answer(api.POST('/api/v1/templates/mjml', { body: { document: doc as never } })),
              ),
          },
          {
            key: 'text',
            label: t('leave.text.item'),
            onClick: () => leave('text', async () => ({ text: documentText(doc) })),
          },
        ],
      }}
    >
      <Button type="text" icon={<MoreOutlined />} aria-label={t('more')} />
    </Dropdown>
  );
}
