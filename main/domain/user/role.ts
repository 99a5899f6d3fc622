export const ROLES = [
  'nurse',
  'physician',
  'scheduler',
  'supply-manager',
  'admin',
  'cleaner',
  'porter',
  'wall',
] as const;
export type Role = (typeof ROLES)[number];

/**
 * Who may do what: one row per act of the clinic's role table (spec: defaults). What is not named here is refused.
 * Procedures point at a row by name, so that a change of policy is a change of one line.
 */
const PERMISSIONS = {
  'sign-in': ROLES,
  'see-names': ['nurse', 'physician', 'scheduler'],
  'see-initials': ['supply-manager', 'cleaner', 'porter'],
  'see-vitals': ['nurse', 'physician'],
  /** The board; a wall sees it without names. */
  'see-board': ['nurse', 'physician', 'wall'],
  /** Beds with who lies in them, as far as the reader may see names. */
  'see-beds': ['nurse', 'physician', 'scheduler', 'admin', 'cleaner', 'porter'],
  /** The flow board: names, initials or none as far as the reader may; vital signs only for those who see vitals. */
  'see-flow': ['nurse', 'physician', 'scheduler', 'admin', 'cleaner', 'porter', 'wall'],
  'see-figures': ['nurse', 'physician', 'scheduler', 'supply-manager', 'admin'],
  'bed-states': ['nurse', 'physician', 'scheduler'],
  /** Those of bed-states for all tasks; a cleaner cleaning, a porter transport. */
  tasks: ['nurse', 'physician', 'scheduler', 'cleaner', 'porter'],
  'medically-ready': ['physician'],
  /** What the HL7 feed could not explain. */
  'review-feed': ['nurse', 'physician', 'scheduler'],
  'see-feed': ['nurse', 'physician', 'scheduler', 'admin'],
  'saved-views': ['nurse', 'physician', 'scheduler', 'supply-manager', 'admin', 'cleaner', 'porter'],
  'register-admit-move': ['nurse', 'physician', 'scheduler'],
  'tie-devices': ['nurse', 'physician'],
  'see-devices': ['nurse', 'physician', 'admin'],
  'enter-observations': ['nurse', 'physician'],
  'acknowledge-alarms': ['nurse', 'physician'],
  'personal-limits': ['nurse', 'physician'],
  'spo2-scale': ['physician'],
  discharge: ['nurse', 'physician', 'scheduler'],
  'admit-devices': ['admin'],
  settings: ['admin'],
  users: ['admin'],
  backup: ['admin'],
  audit: ['admin'],
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof PERMISSIONS;

/** Roles that hold a permission. */
export function may(permission: Permission): readonly Role[] {
  return PERMISSIONS[permission];
}

/** Whether any of a person's roles holds a permission. */
export function allows(roles: readonly Role[], permission: Permission): boolean {
  const holders: readonly Role[] = PERMISSIONS[permission];
  return roles.some((role) => holders.includes(role));
}
