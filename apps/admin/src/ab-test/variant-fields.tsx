import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { serverNow } from '../api/clock.js';
import { SubjectText } from '../components/subject-text.js';
import { letterOf, type AbTest } from './ab-query.js';
import { ContentChoice } from './content-choice.js';
import { DepartureText } from './departure-text.js';
import type { TestedCampaign } from './tested-campaign.js';
import { TimeInput } from './time-input.js';
import { problemsOf, type Departure } from './times.js';

/** A variant that is as A in all. */
export const NOTHING = { subject: null, fromName: null, content: null, sendAt: null };
/** Variants beside A at most. */
const OTHERS_MAX = 3;

type Props = Pick<TestedCampaign, 'campaign' | 'departure'> & { ofTimes: boolean };

/** What the variants differ in. A is the campaign itself; what is left empty is as in A. */
export function VariantFields({ campaign, departure, ofTimes }: Props) {
  const { t } = useTranslation('abTest');
  const { content, from } = campaign;
  return (
    <>
      <div className="ab-variant">
        <h3>{t('variantName', { letter: 'A' })}</h3>
        <p>
          {content.subject ? <SubjectText subject={content.subject} /> : '–'}{' '}
          <span className="quiet block">{from.name || from.address}</span>
        </p>
        {ofTimes ? (
          <>
            <DepartureText departure={departure} />
            <p className="quiet small">{t('isCampaignTime')}</p>
          </>
        ) : (
          <p className="quiet small">{t('isCampaign')}</p>
        )}
      </div>
      <Form.List name="variants">
        {(rows, { add, remove }) => (
          <>
            {rows.map(({ key, name }) => {
              const letter = letterOf(name + 1);
              return (
                <fieldset key={key} className="ab-variant">
                  <legend>{t('variantName', { letter })}</legend>
                  {ofTimes ? (
                    <TimeItem place={name} departure={departure} />
                  ) : (
                    <>
                      <Form.Item name={[name, 'subject']} label={t('subject')}>
                        <Input maxLength={500} placeholder={content.subject || t('asInA')} />
                      </Form.Item>
                      <Form.Item name={[name, 'fromName']} label={t('fromName')}>
                        <Input maxLength={100} placeholder={from.name || t('asInA')} />
                      </Form.Item>
                      <Form.Item name={[name, 'content']} label={t('content')} extra={t('contentHelp')}>
                        <ContentChoice campaign={campaign} />
                      </Form.Item>
                    </>
                  )}
                  {rows.length > 1 && (
                    <Button icon={<DeleteOutlined />} onClick={() => remove(name)}>
                      {t('removeVariant', { letter })}
                    </Button>
                  )}
                </fieldset>
              );
            })}
            <Form.Item>
              <Button icon={<PlusOutlined />} disabled={rows.length >= OTHERS_MAX} onClick={() => add(NOTHING)}>
                {t('addVariant')}
              </Button>
            </Form.Item>
          </>
        )}
      </Form.List>
    </>
  );
}

/** When a variant leaves: after A, and within a week of it. */
function TimeItem({ place, departure }: { place: number; departure: Departure }) {
  const { t } = useTranslation('abTest');
  const form = Form.useFormInstance();
  const check = (_: unknown, sendAt: string | null) => {
    if (!sendAt) return Promise.reject(new Error(t('timeMissing')));
    const now = serverNow();
    const [problem] = problemsOf({ variants: [{ ...NOTHING, sendAt }] }, departure.at ?? now, now);
    if (problem) return Promise.reject(new Error(t(`timeProblem.${problem}`)));
    const others = form.getFieldValue('variants') as AbTest['variants'];
    const twin = others.some((other, at) => at < place && other.sendAt === sendAt);
    return twin ? Promise.reject(new Error(t('timeProblem.twice'))) : Promise.resolve();
  };
  return (
    <Form.Item name={[place, 'sendAt']} label={t('sendTime')} rules={[{ required: true, validator: check }]}>
      <TimeInput zone={departure.zone} />
    </Form.Item>
  );
}
