import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { letterOf } from './ab-query.js';
import { ContentChoice } from './content-choice.js';
import type { TestCardProps } from './test-card.js';

/** Variants beside A at most. */
const OTHERS_MAX = 3;

/** What the variants differ in. A is the campaign itself; what is left empty is as in A. */
export function VariantFields({ campaign }: Pick<TestCardProps, 'campaign'>) {
  const { t } = useTranslation('abTest');
  const { content, from } = campaign;
  return (
    <>
      <div className="ab-variant">
        <h3>{t('variantName', { letter: 'A' })}</h3>
        <p>
          {content.subject || '–'} <span className="quiet block">{from.name || from.address}</span>
        </p>
        <p className="quiet small">{t('isCampaign')}</p>
      </div>
      <Form.List name="variants">
        {(rows, { add, remove }) => (
          <>
            {rows.map(({ key, name }) => {
              const letter = letterOf(name + 1);
              return (
                <fieldset key={key} className="ab-variant">
                  <legend>{t('variantName', { letter })}</legend>
                  <Form.Item name={[name, 'subject']} label={t('subject')}>
                    <Input maxLength={500} placeholder={content.subject || t('asInA')} />
                  </Form.Item>
                  <Form.Item name={[name, 'fromName']} label={t('fromName')}>
                    <Input maxLength={100} placeholder={from.name || t('asInA')} />
                  </Form.Item>
                  <Form.Item name={[name, 'content']} label={t('content')} extra={t('contentHelp')}>
                    <ContentChoice campaign={campaign} />
                  </Form.Item>
                  {rows.length > 1 && (
                    <Button icon={<DeleteOutlined />} onClick={() => remove(name)}>
                      {t('removeVariant', { letter })}
                    </Button>
                  )}
                </fieldset>
              );
            })}
            <Form.Item>
              <Button
                icon={<PlusOutlined />}
                disabled={rows.length >= OTHERS_MAX}
                onClick={() => add({ subject: null, fromName: null, content: null })}
              >
                {t('addVariant')}
              </Button>
            </Form.Item>
          </>
        )}
      </Form.List>
    </>
  );
}
