import type { ReactNode } from 'react';
import type { EncounterId, PatientId } from '#domain/ids.ts';
import { AdmitDialog } from '#renderer/client/acts/AdmitDialog.tsx';
import { DischargeDialog } from '#renderer/client/acts/DischargeDialog.tsx';
import { HistoryDialog } from '#renderer/client/acts/HistoryDialog.tsx';
import { MoveDialog } from '#renderer/client/acts/MoveDialog.tsx';
import { useQueryOf } from '#renderer/client/hooks.ts';
import { recordKeys } from '#renderer/client/records.ts';
import { ArriveDialog } from './ArriveDialog.tsx';
import { AssignDialog } from './AssignDialog.tsx';
import { AwayDialog } from './AwayDialog.tsx';
import { BlockDialog } from './BlockDialog.tsx';
import { CancelDialog } from './CancelDialog.tsx';
import { CleanDialog } from './CleanDialog.tsx';
import { DeclineDialog } from './DeclineDialog.tsx';
import { ExpectDialog } from './ExpectDialog.tsx';
import type { FlowDialog } from './flow-dialog.ts';
import { IsolationDialog } from './IsolationDialog.tsx';
import { KeepDialog } from './KeepDialog.tsx';
import { LateDialog } from './LateDialog.tsx';
import { PlanDialog } from './PlanDialog.tsx';
import { RegisterDialog } from './RegisterDialog.tsx';
import { RequestBedDialog } from './RequestBedDialog.tsx';
import { ReserveDialog } from './ReserveDialog.tsx';
import { SwapDialog } from './SwapDialog.tsx';
import { TransportDialog } from './TransportDialog.tsx';
import { TriageDialog } from './TriageDialog.tsx';
import { useSubject } from './use-subject.ts';

interface DialogHostProps {
  readonly dialog: FlowDialog;
  readonly onClose: () => void;
}

/** The dialog that is open over a flow screen. */
export function DialogHost({ dialog, onClose }: DialogHostProps): ReactNode {
  switch (dialog.kind) {
    case 'move':
      return <Moving {...dialog} onClose={onClose} />;
    case 'left':
      return <Leaving {...dialog} onClose={onClose} />;
    case 'admit':
      return <Admitting {...dialog} onClose={onClose} />;
    case 'assign':
      return <AssignDialog bedId={dialog.bedId} onClose={onClose} />;
    case 'swap':
      return <SwapDialog encounterId={dialog.encounterId} withId={dialog.withId} onClose={onClose} />;
    case 'reserve':
      return <ReserveDialog encounterId={dialog.encounterId} onClose={onClose} />;
    case 'keep':
      return <KeepDialog bedId={dialog.bedId} onClose={onClose} />;
    case 'block':
      return <BlockDialog bedId={dialog.bedId} onClose={onClose} />;
    case 'clean':
      return <CleanDialog bedId={dialog.bedId} onClose={onClose} />;
    case 'request':
      return <RequestBedDialog encounterId={dialog.encounterId} onClose={onClose} />;
    case 'decline':
      return <DeclineDialog requestId={dialog.requestId} onClose={onClose} />;
    case 'triage':
      return <TriageDialog encounterId={dialog.encounterId} onClose={onClose} />;
    case 'plan':
      return <PlanDialog encounterId={dialog.encounterId} onClose={onClose} />;
    case 'away':
      return <AwayDialog encounterId={dialog.encounterId} onClose={onClose} />;
    case 'late':
      return <LateDialog encounterId={dialog.encounterId} onClose={onClose} />;
    case 'isolation':
      return <IsolationDialog encounterId={dialog.encounterId} onClose={onClose} />;
    case 'transport':
      return <TransportDialog encounterId={dialog.encounterId} onClose={onClose} />;
    case 'cancel':
      return <CancelDialog encounterId={dialog.encounterId} onClose={onClose} />;
    case 'history':
      return <Told encounterId={dialog.encounterId} onClose={onClose} />;
    case 'arrive':
      return <ArriveDialog encounterId={dialog.encounterId} patientId={dialog.patientId} onClose={onClose} />;
    case 'expect':
      return <ExpectDialog patientId={dialog.patientId} onClose={onClose} />;
    case 'register':
      return <RegisterDialog bedId={dialog.bedId} next={dialog.next} typed={dialog.typed} onClose={onClose} />;
  }
}

type Moved = Extract<FlowDialog, { kind: 'move' }> & { readonly onClose: () => void };

function Moving({ encounterId, bedId, onClose }: Moved) {
  const { row, name } = useSubject(encounterId);
  return (
    <MoveDialog
      encounterId={encounterId}
      displayName={name}
      place={row?.bedSince != null ? row.placeWords : null}
      bedId={bedId}
      onClose={onClose}
    />
  );
}

interface Left {
  readonly encounterId: EncounterId;
  readonly unseen?: boolean;
  readonly onClose: () => void;
}

function Leaving({ encounterId, unseen = false, onClose }: Left) {
  const { row, name } = useSubject(encounterId);
  return (
    <DischargeDialog
      encounterId={encounterId}
      displayName={name}
      place={row?.bedSince != null ? row.placeWords : null}
      outcome={unseen ? 'left-unseen' : 'home'}
      onClose={onClose}
    />
  );
}

function Told({ encounterId, onClose }: Pick<Left, 'encounterId' | 'onClose'>) {
  const { name } = useSubject(encounterId);
  return <HistoryDialog encounterId={encounterId} displayName={name} onClose={onClose} />;
}

type Admitted = Extract<FlowDialog, { kind: 'admit' }> & { readonly onClose: () => void };

function Admitting({ patientId, bedId, onClose }: Admitted) {
  const id = patientId ?? ('' as PatientId);
  const patient = useQueryOf(recordKeys.patient(id), (hub) => hub.patients.get({ id }), {
    enabled: patientId !== undefined,
  });
  if (patientId === undefined) return <AdmitDialog bedId={bedId} onClose={onClose} />;
  return patient.data ? <AdmitDialog patient={patient.data} bedId={bedId} onClose={onClose} /> : null;
}
