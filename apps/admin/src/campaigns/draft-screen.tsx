import { Input } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { PageHeader } from '../components/page-header.js';
import { SaveStateText } from '../components/save-state.js';
import { StatusTag } from '../components/status-tag.js';
import { useSaveKey } from '../components/use-save-key.js';
import { SubjectFields } from '../editor/index.js';
import { AbSection } from './ab-section.js';
import { CheckRail } from './check-rail.js';
import { checklistQuery, stateOf, type SectionKey } from './checklist.js';
import { ContentSection } from './content-section.js';
import { useDraftContext } from './draft-context.js';
import { Field, useFieldError } from './field.js';
import { InboxPreview } from './inbox-preview.js';
import { RecipientsSection } from './recipients-section.js';
import { Section, goToSection } from './section.js';
import { SenderSection } from './sender-section.js';
import { TimeSection } from './time-section.js';
import { TrackingSection } from './tracking-section.js';
import './campaigns.css';

/** The checklist page: everything about a campaign on one page, and beside it what is still missing. */
export default function DraftScreen() {
  const { t } = useTranslation('campaigns');
  const { campaign, draft, change, state, errors, flush } = useDraftContext();
  const { hash } = useLocation();
  const { data: checks } = useQuery(checklistQuery(campaign.id));
  const error = useFieldError(errors);
  const stateFor = (name: SectionKey) => stateOf(name, checks?.items);
  useSaveKey(() => void flush());
  useEffect(() => {
    // The card of the test comes later, and takes the focus itself.
    if (hash && !hash.startsWith('#abTest')) goToSection(hash.slice(1) as SectionKey);
  }, [hash]);
  return (
    <>
      <PageHeader
        title={draft.name.trim() || t('untitled')}
        back={{ to: '/campaigns', label: t('title') }}
        extra={
          <>
            <StatusTag kind="campaign" value="draft" />
            <SaveStateText state={state} />
          </>
        }
      />
      <div className="checklist-page">
        <div>
          <section className="panel check-section">
            <Field id="campaign-name" label={t('name')} help={t('nameHelp')} error={error('name')}>
              <Input
                id="campaign-name"
                value={draft.name}
                maxLength={200}
                status={error('name') ? 'error' : ''}
                onChange={(event) => change({ name: event.target.value })}
              />
            </Field>
          </section>
          <RecipientsSection state={stateFor('recipients')} />
          <SenderSection state={stateFor('sender')} />
          <Section name="subject" number={3} state={stateFor('subject')}>
            <SubjectFields
              id="campaign"
              value={draft.content}
              errors={{ subject: error('content.subject'), preheader: error('content.preheader') }}
              onChange={(part) => change({ content: { ...draft.content, ...part } })}
            />
            <InboxPreview />
          </Section>
          <ContentSection state={stateFor('content')} />
          <AbSection />
          <TrackingSection />
          <TimeSection />
        </div>
        <CheckRail />
      </div>
    </>
  );
}
