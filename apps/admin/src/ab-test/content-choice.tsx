import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import type { Resource } from '../api/types.js';
import type { TestedCampaign } from './tested-campaign.js';

type Content = Resource<'Campaign'>['content'];

interface Props extends Pick<TestedCampaign, 'campaign'> {
  /** Given by the form. */
  id?: string;
  value?: Content | null;
  onChange?: (content: Content | null) => void;
}

/** Where a variant has its content from: that of A, a copy of it, or a template. */
export function ContentChoice({ id, value, onChange, campaign }: Props) {
  const { t } = useTranslation('abTest');
  const report = useReport();
  const [stored] = useState(value ?? null);
  const [chosen, setChosen] = useState(value ? 'own' : 'same');
  const { data } = useQuery({
    queryKey: ['templates', 'list', 'choices'],
    queryFn: () => answer(api.GET('/api/v1/templates', { params: { query: { limit: 12 } } })),
  });
  const choose = async (choice: string) => {
    setChosen(choice);
    if (choice === 'same') return onChange?.(null);
    if (choice === 'own') return onChange?.(stored);
    if (choice === 'copy') return onChange?.(contentOf(campaign.content));
    const template = await answer(api.GET('/api/v1/templates/{id}', { params: { path: { id: choice } } }));
    onChange?.({ ...contentOf(template), subject: campaign.content.subject });
  };
  const options = [
    { value: 'same', label: t('contentChoice.same') },
    ...(stored ? [{ value: 'own', label: t('contentChoice.own') }] : []),
    { value: 'copy', label: t('contentChoice.copy') },
    ...(data?.items ?? []).map(({ id: value, name }) => ({ value, label: t('contentChoice.template', { name }) })),
  ];
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      value={chosen}
      options={options}
      onChange={(choice: string) => void choose(choice).catch(report)}
    />
  );
}

function contentOf({ subject, preheader, html, mjml, text, document }: Content): Content {
  return { subject, preheader, html, mjml, text, document };
}
