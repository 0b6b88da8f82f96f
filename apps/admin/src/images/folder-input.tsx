import { useQuery } from '@tanstack/react-query';
import { AutoComplete, type AutoCompleteProps } from 'antd';
import { imageFoldersQuery } from '../api/reference.js';

/** The name of a folder: one there is, or a new one. */
export function FolderInput(props: Omit<AutoCompleteProps<string>, 'options'>) {
  const folders = useQuery(imageFoldersQuery).data ?? [];
  return (
    <AutoComplete
      {...props}
      maxLength={60}
      options={folders.map(({ name }) => ({ value: name }))}
      showSearch={{
        filterOption: (typed, option) => (option?.value ?? '').toLowerCase().includes(typed.toLowerCase()),
      }}
      allowClear
    />
  );
}
