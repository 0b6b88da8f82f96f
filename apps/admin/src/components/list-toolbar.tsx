import { CloseCircleFilled, SearchOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { Suspense, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SaveView, ViewLinks, type ViewPage } from '../saved-views/index.js';
import { afterPause } from './after-pause.js';
import { ColumnChooser } from './column-chooser.js';
import type { ColumnChoice } from './use-columns.js';
import type { useListParams } from './use-list-params.js';

/** A choice that narrows a list; its value stands in the URL under `name`, which is also the API's parameter. */
export interface ListFilter {
  name: string;
  label: string;
  options: { value: string; label: string }[];
  /** Chosen elsewhere on the screen, by tabs for instance; the toolbar shows no box for it. */
  hidden?: boolean;
}

const TYPING_PAUSE_MS = 300;

/** Search and filters above a list. */
export function ListToolbar({
  params,
  searchLabel,
  filters,
  views,
  columns,
}: {
  params: ReturnType<typeof useListParams>;
  searchLabel: string | undefined;
  filters: ListFilter[];
  /** Whose saved views are shown, where the list keeps any. */
  views?: ViewPage | undefined;
  columns?: ColumnChoice | undefined;
}) {
  const { t } = useTranslation('components');
  const normal = (query?: string) => params.normal(columns?.textOf, query);
  const viewsProps = views && { page: views, current: normal(), normal };
  const toolbar = (
    <div className="list-toolbar" role="search">
      {searchLabel && <SearchBox value={params.q} label={searchLabel} onChange={(q) => params.change({ q })} />}
      {filters
        .filter(({ hidden }) => !hidden)
        .map(({ name, label, options }) => (
          <Select
            key={name}
            className="list-filter"
            aria-label={label}
            value={params.values[name]}
            placeholder={label}
            options={options}
            allowClear
            showSearch={options.length > 8 ? { optionFilterProp: 'label' } : false}
            popupMatchSelectWidth={false}
            onChange={(value: string | undefined) => params.change({ [name]: value })}
          />
        ))}
      {params.filtered && (
        <Button type="link" onClick={params.clear}>
          {t('table.clear')}
        </Button>
      )}
      {viewsProps && (params.filtered || (columns && !columns.usual)) && (
        <Suspense>
          <SaveView {...viewsProps} />
        </Suspense>
      )}
      {columns && <ColumnChooser {...columns} />}
    </div>
  );
  return (
    <>
      {viewsProps && (
        <Suspense>
          <ViewLinks {...viewsProps} />
        </Suspense>
      )}
      {toolbar}
    </>
  );
}

/** Searches when typing pauses; the URL may also change it (back button). */
function SearchBox({ value, label, onChange }: { value: string; label: string; onChange: (q: string) => void }) {
  const { t } = useTranslation('components');
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  const [asked, setAsked] = useState(value);
  const search = useCallback(() => {
    setAsked(text.trim());
    onChange(text.trim());
  }, [text, onChange]);
  if (known !== value) {
    setKnown(value);
    // The answer to what was asked takes nothing from what has been written since, a space at its end among it.
    if (value !== asked || text.trim() === known) setText(value);
  }
  useEffect(() => (text.trim() === value ? undefined : afterPause(search, TYPING_PAUSE_MS)), [text, value, search]);
  return (
    <Input
      type="search"
      className="list-search"
      prefix={<SearchOutlined aria-hidden="true" />}
      aria-label={label}
      placeholder={label}
      value={text}
      maxLength={200}
      allowClear={{ clearIcon: <CloseCircleFilled aria-label={t('table.clearSearch')} /> }}
      onChange={(event) => setText(event.target.value)}
      onPressEnter={search}
    />
  );
}
