import { Modal, Table } from '@mantine/core';
import { useQueryOf, useZone } from '#renderer/client/hooks.ts';
import { formatDateTime } from '#renderer/ui/format.ts';

/** Where one is signed in, newest use first. */
export function MySessions({ opened, onClose }: { opened: boolean; onClose(): void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="My sessions" size="lg">
      {opened && <SessionTable />}
    </Modal>
  );
}

function SessionTable() {
  const zone = useZone();
  const sessions = useQueryOf(['session', 'list'], (hub) => hub.session.list({}));
  if (sessions.isPending) return <p role="status">Reading your sessions…</p>;
  if (sessions.isError) return <p role="alert">Your sessions could not be read. {sessions.error.message}</p>;
  return (
    <>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Station</Table.Th>
            <Table.Th>Signed in</Table.Th>
            <Table.Th>Last used</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {[...sessions.data]
            .sort((one, other) => other.lastSeenAt - one.lastSeenAt)
            .map(({ station, startedAt, lastSeenAt, current }) => (
              <Table.Tr key={`${startedAt}-${station}`}>
                <Table.Td>
                  {station ?? 'Not named'}
                  {current && ' (this one)'}
                </Table.Td>
                <Table.Td>{formatDateTime(startedAt, zone)}</Table.Td>
                <Table.Td>{formatDateTime(lastSeenAt, zone)}</Table.Td>
              </Table.Tr>
            ))}
        </Table.Tbody>
      </Table>
      <p>A session you do not know? Change your password: all others are signed out.</p>
    </>
  );
}
