import { z } from 'zod';
import { command, commandInput, done, nothing, query } from './procedure.ts';
import { at, role, text, userId, words } from './schemas.ts';

export const signedInUser = z.object({
  id: userId,
  username: z.string(),
  displayName: z.string(),
  roles: z.array(role),
});
const opened = z.object({ token: z.string(), user: signedInUser, expiresAt: at });
export const password = z.string().min(8).max(200);

/**
 * Before anyone has signed in a key is taken and remembered by nobody: signing in again opens another session, a spent
 * code and a second set-up are refused.
 */
export const session = {
  /** A bearer token for a user name and password. After 5 failures each further try waits longer; 100 lock the account. */
  signIn: command({ may: 'anyone' })
    .input(
      commandInput({ username: z.string().max(100), password: z.string().max(200), station: text(100).optional() }),
    )
    .output(opened),
  /** Trades the code of a one-time sign-in link (valid 5 min, once) for a token. */
  exchange: command({ may: 'anyone' })
    .input(commandInput({ code: z.string().max(200), station: text(100).optional() }))
    .output(opened),
  /** What a console may know before anyone signs in. */
  welcome: query({ may: 'anyone' })
    .input(nothing)
    .output(
      z.object({
        clinicName: z.string(),
        demo: z.boolean(),
        needsSetup: z.boolean(),
        version: z.string(),
        /** Only in the demo: who can sign in and with what. */
        demoUsers: z.array(z.object({ username: z.string(), role, password: z.string() })),
      }),
    ),
  whoami: query({ may: 'sign-in' }).input(nothing).output(signedInUser),
  signOut: command({ may: 'sign-in' }).input(commandInput({})).output(done),
  /** Ends every other session of the user. */
  changePassword: command({ may: 'sign-in' })
    .input(commandInput({ current: z.string().max(200), next: password }))
    .output(done),
  /** One's own open sessions. */
  list: query({ may: 'sign-in' })
    .input(nothing)
    .output(z.array(z.object({ station: z.string().nullable(), startedAt: at, lastSeenAt: at, current: z.boolean() }))),
};

/** First use, before there is any user: administrator, clinic and wards, broker, first station. Refused once done. */
export const setup = {
  complete: command({ may: 'anyone' })
    .input(
      commandInput({
        administrator: z.object({ username: words(40), displayName: words(100), password }),
        clinicName: words(100),
        wards: z
          .array(z.object({ name: words(60), beds: z.number().int().min(1).max(200) }))
          .min(1)
          .max(50),
        broker: z.object({ url: z.string().max(500).nullable() }),
        station: z.object({ name: words(60) }),
      }),
    )
    .output(opened),
};

export const users = {
  list: query({ may: 'users' })
    .input(nothing)
    .output(z.array(signedInUser.extend({ disabled: z.boolean() }))),
  add: command({ may: 'users' })
    .input(commandInput({ username: words(40), displayName: words(100), roles: z.array(role).min(1), password }))
    .output(signedInUser.extend({ disabled: z.boolean() })),
  setRoles: command({ may: 'users' })
    .input(commandInput({ userId, roles: z.array(role).min(1) }))
    .output(done),
  /** Refusals: last-administrator. Open sessions of a disabled user end at once. */
  setDisabled: command({ may: 'users' })
    .input(commandInput({ userId, disabled: z.boolean() }))
    .output(done),
  setPassword: command({ may: 'users' }).input(commandInput({ userId, password })).output(done),
};
