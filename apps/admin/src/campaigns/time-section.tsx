import { DatePicker, Radio } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useTimeZone } from '../app/session.js';
import { TimeZoneSelect } from '../components/locale-fields.js';
import { useDraftContext } from './draft-context.js';
import { Field } from './field.js';
import { Section } from './section.js';

/** Now, or at a time as the clock on the wall shows it in a zone. */
export function TimeSection() {
  const { t } = useTranslation('campaigns');
  const { time, setTime } = useDraftContext();
  const zone = useTimeZone();
  const state = time.kind === 'at' && !time.at ? 'warning' : 'ok';
  return (
    <Section name="time" number={6} state={state}>
      <Radio.Group
        aria-label={t('section.time')}
        value={time.kind}
        onChange={(event) =>
          setTime(event.target.value === 'now' ? { kind: 'now' } : { kind: 'at', at: null, timezone: zone })
        }
        options={[
          { value: 'now', label: t('sendNow') },
          { value: 'at', label: t('schedule') },
        ]}
      />
      {time.kind === 'at' && (
        <div className="form-row time-fields">
          <Field id="send-at" label={t('sendAt')}>
            <DatePicker
              id="send-at"
              className="wide"
              showTime={{ format: 'HH:mm', minuteStep: 5 }}
              format="YYYY-MM-DD HH:mm"
              value={time.at ? dayjs(time.at) : null}
              minDate={dayjs().startOf('day')}
              onChange={(at) => setTime({ ...time, at: at ? at.second(0).format('YYYY-MM-DDTHH:mm:ss') : null })}
            />
          </Field>
          <Field id="send-zone" label={t('timezone')}>
            <TimeZoneSelect
              id="send-zone"
              className="wide"
              value={time.timezone}
              onChange={(timezone) => setTime({ ...time, timezone })}
            />
          </Field>
        </div>
      )}
    </Section>
  );
}
