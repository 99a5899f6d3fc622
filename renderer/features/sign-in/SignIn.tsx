import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { signIn } from '#renderer/client/anonymous.ts';
import { useSeat } from '#renderer/client/context.ts';
import { failureWords, roleWords } from '#renderer/ui/words.ts';
import styles from './SignIn.module.css';

interface SignInProps {
  /** Why somebody who was signed in is here again. */
  readonly why?: string;
}

/** User name and password; in the demo, the people one can be. What failed is said, what was typed stays. */
export function SignIn({ why }: SignInProps) {
  const { welcome, take } = useSeat();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [trouble, setTrouble] = useState<string>();
  const [pending, setPending] = useState(false);

  async function send(event: FormEvent) {
    event.preventDefault();
    if (!username.trim() || !password) return setTrouble('Type your user name and your password.');
    setPending(true);
    setTrouble(undefined);
    try {
      take(await signIn({ username: username.trim(), password }));
    } catch (error) {
      setTrouble(failureWords(error));
      setPassword('');
    } finally {
      setPending(false);
    }
  }

  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <h1>{welcome.clinicName}</h1>
        <p className={styles.product}>Ward monitoring, version {welcome.version}</p>
        {why && <p role="status">{why}</p>}
        <form onSubmit={(event) => void send(event)}>
          <TextInput
            label="User name"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            data-autofocus
            value={username}
            onChange={(event) => setUsername(event.currentTarget.value)}
          />
          <PasswordInput
            mt="sm"
            label="Password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <div role="alert" className={styles.trouble}>
            {trouble}
          </div>
          <Button type="submit" variant="filled" size="sm" fullWidth loading={pending}>
            Sign in
          </Button>
        </form>
        {welcome.demo && (
          <DemoPeople
            people={welcome.demoUsers}
            onChoose={(person) => {
              setUsername(person.username);
              setPassword(person.password);
              setTrouble(undefined);
            }}
          />
        )}
      </div>
      <p className={styles.foot}>
        Wardline is not a certified medical device. The bedside monitor stays the primary alarm.
      </p>
    </main>
  );
}

interface DemoPeopleProps {
  readonly people: readonly { username: string; role: string; password: string }[];
  onChoose(person: { username: string; password: string }): void;
}

function DemoPeople({ people, onChoose }: DemoPeopleProps) {
  return (
    <section className={styles.demo} aria-label="Demonstration">
      <p>
        <strong>Demonstration.</strong> Invented patients. Choose who you are, then sign in.
      </p>
      <ul>
        {people.map((person) => (
          <li key={person.username}>
            <Button fullWidth onClick={() => onChoose(person)}>
              {roleWords(person.role)}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
