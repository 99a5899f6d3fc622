import { Tabs } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { DeviceId } from '#domain/ids.ts';
import { Fault } from '#renderer/ui/Fault.tsx';
import { useListChoice } from '#renderer/ui/grid/use-list-ask.ts';
import { DeviceDrawer } from './DeviceDrawer.tsx';
import { DeviceList } from './DeviceList.tsx';
import styles from './DevicesScreen.module.css';
import { NoDevices } from './NoDevices.tsx';
import { QuarantineList } from './QuarantineList.tsx';
import { useDevices } from './use-devices.ts';

const TAB = { tab: styles.tab ?? '' };

/** The devices of the clinic, those waiting first, and what of their messages was refused. */
export function DevicesScreen() {
  const { devices, trouble } = useDevices();
  const [openId, setOpenId] = useState<DeviceId | null>(null);
  const [tab] = useListChoice('tab', 'devices');
  const navigate = useNavigate();
  const open = devices?.find(({ id }) => id === openId);
  if (!devices) {
    return trouble ? (
      <Fault title="The devices could not be read." detail={trouble} />
    ) : (
      <p role="status">Reading the devices…</p>
    );
  }
  return (
    <div className={styles.screen}>
      <Tabs
        value={tab}
        onChange={(next) => void navigate({ to: '.', search: next === 'devices' ? {} : { tab: next } })}
        className={styles.tabs}
        classNames={TAB}
        keepMounted={false}
      >
        <Tabs.List>
          <Tabs.Tab value="devices">Devices ({devices.length})</Tabs.Tab>
          <Tabs.Tab value="refused">Refused and marked messages</Tabs.Tab>
          <Tabs.Tab value="joining">How a device gets here</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="devices" className={styles.panel}>
          {devices.length === 0 ? (
            <NoDevices />
          ) : (
            <DeviceList devices={devices} openId={openId} onOpen={({ id }) => setOpenId(id)} />
          )}
        </Tabs.Panel>
        <Tabs.Panel value="refused" className={styles.panel}>
          <QuarantineList />
        </Tabs.Panel>
        <Tabs.Panel value="joining" className={styles.panel}>
          <NoDevices />
        </Tabs.Panel>
      </Tabs>
      {open && tab === 'devices' && <DeviceDrawer key={open.id} device={open} onClose={() => setOpenId(null)} />}
    </div>
  );
}
