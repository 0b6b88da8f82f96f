import { Select, type SelectProps } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** Languages of the product. For use inside a Form.Item. */
export function LocaleSelect(props: SelectProps<string>) {
  return (
    <Select<string>
      {...props}
      options={[
        { value: 'zh-CN', label: <span lang="zh-CN">中文</span> },
        { value: 'en', label: <span lang="en">English</span> },
      ]}
    />
  );
}

/** IANA time zones with their present offset, searchable. For use inside a Form.Item. */
export function TimeZoneSelect(props: SelectProps<string>) {
  const { i18n } = useTranslation();
  const options = useMemo(() => zones(i18n.language), [i18n.language]);
  return <Select<string> {...props} showSearch={{ optionFilterProp: 'label' }} options={options} />;
}

/** The time zone of this browser. */
export function browserTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function zones(locale: string): { value: string; label: string }[] {
  const now = new Date();
  return Intl.supportedValuesOf('timeZone').map((zone) => {
    const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(now);
    const offset = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
    return { value: zone, label: `${zone.replaceAll('_', ' ')} (${offset})` };
  });
}
