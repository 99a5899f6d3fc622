import { Checkbox, Stack } from '@mantine/core';
import { ROLES, type Role } from '#domain/user/role.ts';
import { roleWords } from '#renderer/ui/words.ts';

interface RoleChoiceProps {
  readonly value: readonly Role[];
  readonly onChange: (roles: Role[]) => void;
}

/** One or more roles; together they give what each of them gives. */
export function RoleChoice({ value, onChange }: RoleChoiceProps) {
  return (
    <Checkbox.Group label="Roles" value={[...value]} onChange={(chosen) => onChange(chosen as Role[])}>
      <Stack gap={4} mt={4}>
        {ROLES.map((role) => (
          <Checkbox key={role} value={role} label={roleWords(role)} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
