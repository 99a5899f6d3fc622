import { MantineProvider } from '@mantine/core';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { LOOK_CHOICES, type Look, type LookChoice, lookOf } from './look.ts';
import { theme } from './theme.ts';

interface LookState {
  readonly look: Look;
  readonly choice: LookChoice;
  choose(choice: LookChoice): void;
  /** Says whether it is night by the schedule; counts while the choice is `auto`. */
  setNight(night: boolean): void;
}

const LookContext = createContext<LookState | undefined>(undefined);
const KEPT = 'wardline.look';

function keptChoice(): LookChoice {
  const kept = localStorage.getItem(KEPT);
  return LOOK_CHOICES.find((choice) => choice === kept) ?? 'auto';
}

function usePrefersDark(): boolean {
  const [prefers, setPrefers] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches);
  useEffect(() => {
    const wish = matchMedia('(prefers-color-scheme: dark)');
    const changed = () => setPrefers(wish.matches);
    wish.addEventListener('change', changed);
    return () => wish.removeEventListener('change', changed);
  }, []);
  return prefers;
}

/** Dresses the page: `data-look` on the root element for our own styles, a colour scheme for the component library. */
export function LookProvider({ children }: { children: ReactNode }) {
  const [choice, setChoice] = useState(keptChoice);
  const [night, setNight] = useState(false);
  const look = lookOf(choice, night, usePrefersDark());
  useEffect(() => {
    document.documentElement.dataset.look = look;
  }, [look]);
  usePaperLook(look);
  const state = useMemo(
    () => ({
      look,
      choice,
      choose(next: LookChoice) {
        localStorage.setItem(KEPT, next);
        setChoice(next);
      },
      setNight,
    }),
    [look, choice],
  );
  return (
    <LookContext value={state}>
      <MantineProvider theme={theme} forceColorScheme={look === 'light' ? 'light' : 'dark'}>
        {children}
      </MantineProvider>
    </LookContext>
  );
}

/** Paper is light, whatever the screen wears. */
function usePaperLook(look: Look): void {
  useEffect(() => {
    const wear = (worn: Look) => () => {
      document.documentElement.dataset.look = worn;
    };
    const [toPaper, back] = [wear('light'), wear(look)];
    addEventListener('beforeprint', toPaper);
    addEventListener('afterprint', back);
    return () => {
      removeEventListener('beforeprint', toPaper);
      removeEventListener('afterprint', back);
    };
  }, [look]);
}

/** The look worn now; canvases draw themselves again when it changes. */
export function useLook(): LookState {
  const state = useContext(LookContext);
  if (!state) throw new Error('Outside the look.');
  return state;
}
