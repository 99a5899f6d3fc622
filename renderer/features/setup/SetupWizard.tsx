import { Button, Group } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { completeSetup, nameStation } from '#renderer/client/anonymous.ts';
import { useSeat } from '#renderer/client/context.ts';
import { failureWords } from '#renderer/ui/words.ts';
import { AdministratorStep } from './AdministratorStep.tsx';
import { BrokerStep } from './BrokerStep.tsx';
import { ClinicStep } from './ClinicStep.tsx';
import styles from './SetupWizard.module.css';
import { StationStep } from './StationStep.tsx';
import { problemsOf, type SetupDraft, type SetupProblems, STEPS, setupInput } from './setup-draft.ts';

export interface StepProps {
  readonly draft: SetupDraft;
  readonly problems: SetupProblems;
  change(changes: Partial<SetupDraft>): void;
}

const EMPTY: SetupDraft = {
  username: '',
  displayName: '',
  password: '',
  again: '',
  clinicName: '',
  wards: [{ key: 'first', name: '', beds: 16 }],
  ownBroker: false,
  brokerUrl: '',
  station: '',
};

const PARTS = [AdministratorStep, ClinicStep, BrokerStep, StationStep] as const;

/** The step in the browser's history, so that back and forward walk the wizard and what was typed stays. */
function useStep(): [number, (next: number) => void] {
  const [step, setStep] = useState(0);
  useEffect(() => {
    const walked = (event: PopStateEvent) => setStep(Number((event.state as { setup?: number } | null)?.setup ?? 0));
    addEventListener('popstate', walked);
    return () => removeEventListener('popstate', walked);
  }, []);
  return [
    step,
    (next) => {
      history.pushState({ setup: next }, '');
      setStep(next);
    },
  ];
}

/** First use in four steps: administrator, clinic and wards, device network, this station. Nothing is saved before the last. */
export function SetupWizard() {
  const { take } = useSeat();
  const [step, goTo] = useStep();
  const [draft, setDraft] = useState(EMPTY);
  const [problems, setProblems] = useState<SetupProblems>({});
  const [trouble, setTrouble] = useState<string>();
  const [pending, setPending] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const Part = PARTS[step] ?? AdministratorStep;
  const last = step === STEPS.length - 1;

  async function next(event: FormEvent) {
    event.preventDefault();
    const found = problemsOf(draft, step);
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    if (!last) return goTo(step + 1);
    setPending(true);
    setTrouble(undefined);
    try {
      nameStation(draft.station.trim());
      take(await completeSetup(setupInput(draft)));
    } catch (error) {
      setTrouble(`${failureWords(error)} Nothing was set up yet; you can change what you typed and try again.`);
    } finally {
      setPending(false);
    }
  }

  useEffect(() => {
    const first = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    if (Object.keys(problems).length > 0) first?.focus();
  }, [problems]);

  return (
    <main className={styles.page}>
      <form ref={form} className={styles.card} onSubmit={(event) => void next(event)} noValidate>
        <h1>Set up Wardline</h1>
        <ol className={styles.steps} aria-label="Steps">
          {STEPS.map((name, index) => (
            <li key={name} aria-current={index === step ? 'step' : undefined} data-done={index < step || undefined}>
              {index + 1}. {name}
            </li>
          ))}
        </ol>
        <section className={styles.part} aria-label={STEPS[step]}>
          <Part
            draft={draft}
            problems={problems}
            change={(changes) => {
              setDraft((before) => ({ ...before, ...changes }));
              setProblems({});
            }}
          />
        </section>
        <div role="alert" className={styles.trouble}>
          {trouble}
        </div>
        <Group justify="space-between">
          <Button size="sm" disabled={step === 0} onClick={() => history.back()}>
            Back
          </Button>
          <Button size="sm" type="submit" variant="filled" loading={pending}>
            {last ? 'Set up the clinic' : 'Next'}
          </Button>
        </Group>
      </form>
      <p className={styles.foot}>
        Only trying it out? Stop this and run <code>npm start</code>: the demo clinic needs no set-up.
      </p>
    </main>
  );
}
