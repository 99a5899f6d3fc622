/** One number of an alarm with its unit, as the columns of the alarm lists show it. */
export function AlarmNumber({ words, unit }: { readonly words: string; readonly unit: string }) {
  return (
    <>
      {words} {words !== '–' && <small>{unit}</small>}
    </>
  );
}
