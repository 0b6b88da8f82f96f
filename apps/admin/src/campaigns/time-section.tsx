import { Checkbox, DatePicker, InputNumber, Radio } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { serverNow } from '../api/clock.js';
import { useTimeZone } from '../app/session.js';
import { TimeZoneSelect } from '../components/locale-fields.js';
import { OwnTime } from '../components/relative-time.js';
import { instantOf, wallClock } from '../components/wall-clock.js';
import { ZonesAhead } from '../zones/index.js';
import { useDraftContext } from './draft-context.js';
import { Field } from './field.js';
import { Section } from './section.js';
import { timeProblem, type SendTime } from './send-time.js';
import { useNow } from './use-now.js';

/** Now, or at a time as the clock on the wall shows it: in one zone, or in each recipient's own. */
export function TimeSection() {
  const { t } = useTranslation('campaigns');
  const { time, setTime, change } = useDraftContext();
  const zone = useTimeZone();
  const problem = timeProblem(time, useNow());
  return (
    <Section name="time" number={6} state={problem === 'missing' ? 'warning' : problem ? 'error' : 'ok'}>
      <Radio.Group
        aria-label={t('section.time')}
        value={kindOf(time)}
        onChange={(event) => {
          const kind = event.target.value as Kind;
          setTime(ofKind(kind, time, zone));
          // Who is sent to by their own clock is sent to at that hour.
          if (kind === 'recipient') change({ hourlyLimit: null });
        }}
        options={[
          { value: 'now', label: t('sendNow') },
          { value: 'at', label: t('schedule') },
          { value: 'recipient', label: t('recipientZone') },
        ]}
      />
      {time.kind === 'at' && <TimeFields time={time} problem={problem} />}
      {kindOf(time) !== 'recipient' && <LimitField />}
    </Section>
  );
}

type Kind = 'now' | 'at' | 'recipient';

function kindOf(time: SendTime): Kind {
  return time.kind === 'at' && time.ofRecipient ? 'recipient' : time.kind;
}

/** The chosen kind of time, with the date that stands already. */
function ofKind(kind: Kind, time: SendTime, zone: string): SendTime {
  if (kind === 'now') return { kind: 'now' };
  const { at, timezone } = time.kind === 'at' ? time : { at: null, timezone: zone };
  return { kind: 'at', at, timezone, ...(kind === 'recipient' ? { ofRecipient: true } : {}) };
}

interface TimeFieldsProps {
  time: Extract<SendTime, { kind: 'at' }>;
  problem: ReturnType<typeof timeProblem>;
}

function TimeFields({ time, problem }: TimeFieldsProps) {
  const { t } = useTranslation('campaigns');
  const { draft, setTime } = useDraftContext();
  const { ofRecipient = false } = time;
  const today = dayjs(wallClock(serverNow(), ofRecipient ? 'Etc/GMT+12' : time.timezone)).startOf('day');
  const said = problem === 'missing' && !time.tried ? undefined : problem && t(`timeProblem.${problem}`);
  return (
    <>
      <div className="form-row time-fields">
        <Field id="send-at" label={t(ofRecipient ? 'recipientAt' : 'sendAt')} error={said ?? undefined}>
          <DatePicker
            id="send-at"
            className="wide"
            showTime={{ format: 'HH:mm', minuteStep: 5 }}
            // "Now" would be the clock of the PC, and a time that has passed.
            showNow={false}
            format="YYYY-MM-DD HH:mm"
            status={said ? 'error' : ''}
            value={time.at ? dayjs(time.at) : null}
            // Grey, not forbidden: a picker that forbids them empties the field of who types one, without a word.
            cellRender={(day, { originNode, type }) =>
              type === 'date' && dayjs(day).isBefore(today) ? (
                <span className="past-day">{originNode}</span>
              ) : (
                originNode
              )
            }
            onChange={(at) => setTime({ ...time, at: at ? at.second(0).format('YYYY-MM-DDTHH:mm:ss') : null })}
          />
          {time.at && !ofRecipient && <OwnTime at={instantOf(time.at, time.timezone)} zone={time.timezone} />}
        </Field>
        <Field id="send-zone" label={t(ofRecipient ? 'fallbackZone' : 'timezone')}>
          <TimeZoneSelect
            id="send-zone"
            className="wide"
            value={time.timezone}
            onChange={(timezone) => setTime({ ...time, timezone })}
          />
        </Field>
      </div>
      {ofRecipient && time.at && problem === null && (
        <ZonesAhead audience={draft.audience} at={time.at} timezone={time.timezone} />
      )}
    </>
  );
}

const LIMIT = { first: 1_000, min: 60, max: 1_000_000 };

/** Spreads the sending: a new domain, or a shop that answers the phone, wants them one after the other. */
function LimitField() {
  const { t } = useTranslation('campaigns');
  const { draft, change } = useDraftContext();
  const { hourlyLimit } = draft;
  return (
    <div className="limit-field">
      <Checkbox
        checked={hourlyLimit !== null}
        onChange={(event) => change({ hourlyLimit: event.target.checked ? LIMIT.first : null })}
      >
        {t('limit.title')}
      </Checkbox>
      {hourlyLimit !== null && (
        <>
          <InputNumber
            aria-label={t('limit.title')}
            min={LIMIT.min}
            max={LIMIT.max}
            precision={0}
            value={hourlyLimit}
            suffix={t('limit.unit')}
            onChange={(limit) => limit && change({ hourlyLimit: limit })}
          />
          <p className="quiet small no-margin">{t('limit.help')}</p>
        </>
      )}
    </div>
  );
}
