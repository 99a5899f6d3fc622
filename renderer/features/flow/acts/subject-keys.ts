import type { KeyBinding } from '#renderer/ui/keys.ts';
import type { FlowAct } from './act-list.ts';

/** Letters of acts on a bed or a patient, the same on every screen and beside every button. */
const SUBJECT_KEYS: readonly (readonly [key: string, label: string])[] = [
  ['m', 'Move the patient, or give the bed to somebody'],
  ['s', 'Swap beds'],
  ['r', 'Keep a bed for somebody, or for nobody'],
  ['b', 'Block the bed, or end the block'],
  ['c', 'Ask for cleaning; cleaning has started; clean'],
  ['q', 'Ask a ward for a bed'],
  ['e', 'Discharge plan: expected, waiting for, ordered'],
  ['y', 'Medically ready'],
  ['d', 'Discharge: the patient has left'],
  ['w', 'Away or on leave; is back'],
  ['l', 'Enter something late'],
  ['i', 'Isolation'],
  ['h', 'History and corrections'],
  ['p', 'Ask a porter'],
  ['t', 'Triage'],
  ['v', 'Seen by a clinician'],
  ['g', 'Decide to admit'],
  ['u', 'Left without being seen'],
  ['a', 'Has arrived'],
  ['z', 'Will not come; was entered by mistake'],
];

/** Keys for whatever has the focus: `acts` are asked when a key is pressed. `only`: those a screen has a use for. */
export function subjectKeys(
  acts: () => readonly FlowAct[],
  doAct: (act: FlowAct | undefined) => boolean,
  only?: string,
): readonly KeyBinding[] {
  return SUBJECT_KEYS.filter(([key]) => only === undefined || only.includes(key)).map(([key, label]) => ({
    key,
    label,
    run: () => doAct(acts().find((act) => act.key === key)),
  }));
}
