import { Tabs } from '@mantine/core';
import { useQueryOf } from '#renderer/client/hooks.ts';
import { recordKeys } from '#renderer/client/records.ts';
import { sayError } from '#renderer/client/say-error.ts';
import { Fault } from '#renderer/ui/Fault.tsx';
import { HubPanel } from './HubPanel.tsx';
import { PlacesPanel } from './PlacesPanel.tsx';
import { SettingsForm } from './SettingsForm.tsx';
import styles from './SettingsScreen.module.css';

const TAB = { tab: styles.tab ?? '' };

/** The clinic's settings, its places, and how the hub is: changed by administrators, read by everyone. */
export function SettingsScreen() {
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
    <Tabs defaultValue="clinic" className={styles.screen} classNames={TAB} keepMounted={false}>
      <Tabs.List>
        <Tabs.Tab value="clinic">Clinic and alarm limits</Tabs.Tab>
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
