import { useCallback } from 'react';
import { usePlacing } from '#renderer/client/acts/use-placing.ts';
import { useCalled } from '#renderer/client/board/privacy.ts';
import { useLink, useWritable } from '#renderer/client/hooks.ts';
import type { FlowAct } from './act-list.ts';
import { useOpenDialog } from './flow-dialog.ts';
import { useBedStep, useSayFailure, useStep } from './use-steps.ts';

/** Does an act of a list: opens its dialog, or does it at once. Answers false while nothing can be saved. */
export function useDoAct(): (act: FlowAct | undefined) => boolean {
  const { hubNow } = useLink();
  const writable = useWritable();
  const called = useCalled();
  const openDialog = useOpenDialog();
  const step = useStep();
  const bedStep = useBedStep(hubNow);
  const placing = usePlacing();
  useSayFailure(placing);
  useSayFailure(step);
  useSayFailure(bedStep);
  const { run: runPlacing } = placing;
  const { run: runStep } = step;
  const { run: runBedStep } = bedStep;
  return useCallback(
    (act) => {
      if (!act || !writable.ok) return false;
      const { does } = act;
      if (does.kind === 'dialog') openDialog(does.dialog);
      else if (does.kind === 'bed') void runBedStep(does.step);
      else if (does.kind === 'admit') {
        const { encounterId, patientId, place, placeWords } = does.row;
        if (patientId === null || !place?.bedId) return false;
        const name = called(does.row) ?? 'The patient';
        void runPlacing({ how: 'admit', name, to: placeWords, encounterId, patientId, bedId: place.bedId });
      } else {
        const { encounterId } = does.row;
        void runStep({ step: does.step, name: called(does.row) ?? 'The patient', encounterId });
      }
      return true;
    },
    [writable.ok, openDialog, runPlacing, runStep, runBedStep, called],
  );
}
