import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { WardId } from '#domain/ids.ts';
import {
  useBoardAs,
  useBoardTrouble,
  useBoardWatch,
  useComingUntil,
  useDayEnd,
} from '#renderer/client/board/board-hooks.ts';
import { BoardScope } from '#renderer/client/board/board-scope.ts';
import { useLink, useZone } from '#renderer/client/hooks.ts';
import { Fault } from '#renderer/ui/Fault.tsx';
import { DialogHost } from './acts/DialogHost.tsx';
import { type FlowDialog, OpenDialog } from './acts/flow-dialog.ts';
import { BoardDayContext } from './board/board-day.ts';
import { DragContext } from './board/drag.ts';
import { useBoardDrag } from './board/use-board-drag.ts';

interface FlowFrameProps {
  /** Left out: the house. */
  readonly wardId: WardId | undefined;
  readonly children: ReactNode;
}

/** What stands around every screen of the board: the stream, the day, drag and drop, the dialog that is open. */
export function FlowFrame({ wardId, children }: FlowFrameProps) {
  return (
    <BoardScope value={wardId}>
      <Watched wardId={wardId}>{children}</Watched>
    </BoardScope>
  );
}

function Watched({ wardId, children }: FlowFrameProps) {
  useBoardWatch(wardId);
  const known = useBoardAs(wardId, () => true) ?? false;
  const trouble = useBoardTrouble(wardId);
  const { state } = useLink();
  const zone = useZone();
  const dayEnd = useDayEnd();
  const until = useComingUntil();
  const day = useMemo(() => ({ zone, dayEnd, until }), [zone, dayEnd, until]);
  const { dialog, open, close } = useDialog();
  const drag = useBoardDrag(open);
  if (!known && trouble && state === 'live') {
    return <Fault title="The board could not be read" detail={`${trouble} Asking again. Nothing is lost.`} />;
  }
  if (!known) return <p role="status">Reading the board…</p>;
  return (
    <BoardDayContext value={day}>
      <OpenDialog value={open}>
        <DragContext value={drag}>
          {children}
          {dialog && <DialogHost key={JSON.stringify(dialog)} dialog={dialog} onClose={close} />}
        </DragContext>
      </OpenDialog>
    </BoardDayContext>
  );
}

const RETURN_MS = 50;

/** The dialog that is open; the focus goes back to what had it before the first of a row of dialogs. */
function useDialog() {
  const [dialog, setDialog] = useState<FlowDialog | null>(null);
  const before = useRef<HTMLElement | null>(null);
  const open = useCallback((next: FlowDialog) => {
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement && !activeElement.closest('[role="dialog"]'))
      before.current = activeElement;
    setDialog(next);
  }, []);
  const close = useCallback(() => setDialog(null), []);
  useEffect(() => {
    if (dialog !== null) return;
    const timer = setTimeout(() => {
      if (document.activeElement === document.body) before.current?.focus();
    }, RETURN_MS);
    return () => clearTimeout(timer);
  }, [dialog]);
  return { dialog, open, close };
}
