import { Switch } from '@mantine/core';
import { usePrivacy } from '#renderer/client/board/privacy.ts';
import { useMe } from '#renderer/client/hooks.ts';

/** Names or initials on this station; nothing to choose for those who may see no names. */
export function PrivacySwitch() {
  const { may } = useMe();
  const privacy = usePrivacy();
  if (!may('see-names')) return null;
  return (
    <Switch
      label="Initials only"
      checked={privacy.on}
      onChange={({ currentTarget }) => privacy.set(currentTarget.checked)}
    />
  );
}
