import { Select } from '@mantine/core';
import { useMemo } from 'react';
import { useT } from '../i18n/i18n.ts';
import { zoneNames } from './zones.ts';

const MOST_SHOWN = 80;

interface ZoneChoiceProps {
  readonly value: string;
  readonly onChange: (zone: string) => void;
  readonly size?: string;
  readonly width?: number;
}

/** A time zone by its name; typing narrows the hundreds there are. */
export function ZoneChoice({ value, onChange, size = 'sm', width }: ZoneChoiceProps) {
  const t = useT('proxies');
  const names = useMemo(
    () => zoneNames().map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') })),
    [],
  );
  return (
    <Select
      label={t('zone.label')}
      size={size}
      {...(width === undefined ? {} : { w: width })}
      searchable
      allowDeselect={false}
      limit={MOST_SHOWN}
      nothingFoundMessage={t('zone.nothing')}
      value={value}
      data={names}
      onChange={(zone) => {
        if (zone !== null) onChange(zone);
      }}
    />
  );
}
