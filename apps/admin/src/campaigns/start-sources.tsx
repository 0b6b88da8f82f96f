import { useQuery } from '@tanstack/react-query';
import { Skeleton, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import type { Resource } from '../api/types.js';
import { MailThumb } from '../components/mail-thumb.js';
import { SubjectText } from '../components/subject-text.js';
import type { Content } from '../editor/index.js';

type Starter = Resource<'StarterTemplate'>;
type Source = 'templates' | 'starters' | 'campaigns';
const SHOWN = 12;

interface SourcesProps {
  /** A campaign that can't be its own beginning. */
  except?: string;
  /** @param templateId where it is a template's */
  onChoose: (load: () => Promise<Content>, templateId: string | null) => void;
}

/** Mails to take a copy of: templates, starters and earlier campaigns, each with a picture. */
export function StartSources({ except, onChoose }: SourcesProps) {
  const { t, i18n } = useTranslation('campaigns');
  const [chosen, setChosen] = useState<Source>();
  const templates = useQuery({
    queryKey: ['templates', 'list', 'choices'],
    queryFn: () => answer(api.GET('/api/v1/templates', { params: { query: { limit: SHOWN } } })),
  });
  const source = chosen ?? (templates.data?.items.length === 0 ? 'starters' : 'templates');
  const starters = useQuery({
    queryKey: ['templates', 'starters'],
    queryFn: async () => (await answer(api.GET('/api/v1/templates/starters'))).items,
    staleTime: Infinity,
    enabled: source === 'starters',
  });
  const earlier = useQuery({
    queryKey: ['campaigns', 'list', 'choices'],
    queryFn: () => answer(api.GET('/api/v1/campaigns', { params: { query: { limit: SHOWN } } })),
    enabled: source === 'campaigns',
  });
  const locale = i18n.language === 'en' ? 'en' : 'zh-CN';
  const cards: Record<Source, CardProps[] | undefined> = {
    templates: templates.data?.items.map(({ id, version, name, subject }) => ({
      id: `t${id}`,
      templateId: id,
      cacheKey: ['templates', id, 'thumb', version],
      name,
      text: subject,
      read: async () => contentOf(await answer(api.GET('/api/v1/templates/{id}', { params: { path: { id } } }))),
    })),
    starters: starters.data
      ?.filter((starter: Starter) => starter.locale === locale)
      .map((starter) => ({
        id: `s${starter.key}`,
        cacheKey: ['templates', 'starter-thumb', starter.key],
        name: starter.name,
        text: starter.description,
        read: async () => contentOf(starter),
      })),
    campaigns: earlier.data?.items
      .filter(({ id }) => id !== except)
      .map(({ id, name, subject, updatedAt }) => ({
        id: `c${id}`,
        cacheKey: ['campaigns', id, 'thumb', updatedAt],
        name,
        text: subject,
        read: async () => (await answer(api.GET('/api/v1/campaigns/{id}', { params: { path: { id } } }))).content,
      })),
  };
  const shown = cards[source];
  return (
    <>
      <Tabs
        activeKey={source}
        onChange={(key) => setChosen(key as Source)}
        items={(['templates', 'starters', 'campaigns'] as const).map((key) => ({ key, label: t(`start.${key}`) }))}
      />
      {!shown && <Skeleton active paragraph={{ rows: 3 }} />}
      {shown?.length === 0 && <p className="quiet">{t(`start.none.${source}`)}</p>}
      <ul className="start-grid">
        {shown?.map((card) => (
          <li key={card.id}>
            <StartCard {...card} onChoose={() => onChoose(card.read, card.templateId ?? null)} />
          </li>
        ))}
      </ul>
    </>
  );
}

interface CardProps {
  id: string;
  templateId?: string;
  cacheKey: readonly unknown[];
  name: string;
  text: string;
  read: () => Promise<Content>;
}

function StartCard({ cacheKey, name, text, read, onChoose }: CardProps & { onChoose: () => void }) {
  const preview = async () => answer(api.POST('/api/v1/templates/preview', { body: { content: await read() } }));
  return (
    <button type="button" className="start-card" onClick={onChoose}>
      <MailThumb queryKey={cacheKey} load={preview} />
      <span className="start-card-text">
        <strong className="ellipsis">{name}</strong>
        <span className="quiet ellipsis">
          <SubjectText subject={text} />
        </span>
      </span>
    </button>
  );
}

function contentOf({ subject, preheader, html, mjml, text, document }: Content): Content {
  return { subject, preheader, html, mjml, text, document };
}
