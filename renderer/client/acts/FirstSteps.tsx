import { Link } from '@tanstack/react-router';
import { useMe } from '../hooks.ts';
import styles from './FirstSteps.module.css';

interface FirstStepsProps {
  /** The bed to begin with, by its label. */
  readonly bedLabel: string;
}

/** What to do next in a clinic where nobody is admitted yet, as far as the reader may do it. */
export function FirstSteps({ bedLabel }: FirstStepsProps) {
  const { may } = useMe();
  const steps = [
    may('users') && (
      <li key="users">
        <Link to="/users">Add a user</Link> for each nurse, physician and scheduler: patients are theirs to admit.
      </li>
    ),
    may('see-devices') && (
      <li key="devices">
        <Link to="/devices">Connect a device</Link>: Devices says how it gets here
        {may('admit-devices') ? ', and there you admit it.' : '; an administrator admits it, then you tie it to a bed.'}
      </li>
    ),
    may('register-admit-move') && (
      <li key="admit">
        <Link to="/flow">Admit the first patient to bed {bedLabel}</Link>: on Beds and flow go to the bed and press M,
        then register and admit.
      </li>
    ),
  ].filter(Boolean);
  if (steps.length === 0) return null;
  return (
    <section className={styles.steps} aria-label="What to do next">
      <h2>Nobody is admitted yet. What to do next:</h2>
      <ul>{steps}</ul>
    </section>
  );
}
