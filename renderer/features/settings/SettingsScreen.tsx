import { Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useQueryOf } from '#renderer/client/hooks.ts';
import { recordKeys } from '#renderer/client/records.ts';
import { sayError } from '#renderer/client/say-error.ts';
import { Fault } from '#renderer/ui/Fault.tsx';
import { HubPanel } from './HubPanel.tsx';
import { PlacesPanel } from './places/PlacesPanel.tsx';
import { SettingsForm } from './SettingsForm.tsx';
import styles from './SettingsScreen.module.css';

const TAB = { tab: styles.tab ?? '' };

const TABS = ['clinic', 'places', 'hub'];

/** The clinic's settings, its places, and how the hub is: changed by administrators, read by everyone. */
export function SettingsScreen() {
  const search = useSearch({ strict: false }) as { tab?: string };
  const navigate = useNavigate();
  const settings = useQueryOf(recordKeys.settings, (hub) => hub.settings.get({}));
  if (settings.isPending) return <p role="status">Reading the settings…</p>;
  if (settings.isError && !settings.data) {
    return (
      <Fault
        title="The settings could not be read."
        detail={sayError(settings.error)}
        action="Try again"
        onAction={() => void settings.refetch()}
      />
    );
  }
  return (
    <Tabs
      value={TABS.find((tab) => tab === search.tab) ?? 'clinic'}
      onChange={(tab) => void navigate({ to: '.', search: tab === 'clinic' ? {} : { tab }, replace: true })}
      className={styles.screen}
      classNames={TAB}
      keepMounted={false}
    >
      <Tabs.List>
        <Tabs.Tab value="clinic">Clinic, limits and targets</Tabs.Tab>
        <Tabs.Tab value="places">Wards, rooms and beds</Tabs.Tab>
        <Tabs.Tab value="hub">Hub and backup</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="clinic">
        <SettingsForm saved={settings.data} />
      </Tabs.Panel>
      <Tabs.Panel value="places">
        <PlacesPanel />
      </Tabs.Panel>
      <Tabs.Panel value="hub">
        <HubPanel />
      </Tabs.Panel>
    </Tabs>
  );
}
