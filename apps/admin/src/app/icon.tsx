import LibraryIcon from '@ant-design/icons/es/components/AntdIconLight';
import type { ComponentProps } from 'react';

/**
 * Every icon, ours and the widgets': the build puts it in place of the library's, which gives each its English file name
 * as a label, to be read out in any language beside the text that it adorns. One that is to be read out has a label of
 * its own; one that can be pressed is left as it is.
 */
export default function Icon(props: ComponentProps<typeof LibraryIcon>) {
  const isSilent = !props['aria-label'] && !props.onClick && props.tabIndex === undefined;
  const silence = { role: undefined, 'aria-label': undefined, 'aria-hidden': true };
  return <LibraryIcon {...props} {...(isSilent && silence)} />;
}
