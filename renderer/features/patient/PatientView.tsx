import { Button, Drawer } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { BedId, EncounterId } from '#domain/ids.ts';
import { formalName } from '#domain/patient/patient.ts';
import { AdmitDialog } from '#renderer/client/acts/AdmitDialog.tsx';
import { DischargeDialog } from '#renderer/client/acts/DischargeDialog.tsx';
import { MoveDialog } from '#renderer/client/acts/MoveDialog.tsx';
import { useLink, useMe, useWritable, useZone } from '#renderer/client/hooks.ts';
import type { BedLive } from '#renderer/client/live-beds.ts';
import { useBedLive, useNow, useWardWatch } from '#renderer/client/live-hooks.ts';
import { type PatientRecord, recordKeys, type Stay } from '#renderer/client/records.ts';
import { Blank } from '#renderer/ui/Blank.tsx';
import { useKeys } from '#renderer/ui/keys.ts';
import { AllergiesDialog } from './AllergiesDialog.tsx';
import { knownValues } from './known-values.ts';
import { LastValues } from './LastValues.tsx';
import { LimitsPanel } from './limits/LimitsPanel.tsx';
import { NotesPanel } from './notes/NotesPanel.tsx';
import { ObservationForm } from './observations/ObservationForm.tsx';
import { PatientActions, type PatientDialog } from './PatientActions.tsx';
import { PatientAlarms } from './PatientAlarms.tsx';
import { PatientBanner } from './PatientBanner.tsx';
import styles from './PatientView.module.css';
import { RecordActions } from './RecordActions.tsx';
import { ScorePanel } from './score/ScorePanel.tsx';
import { ScoreParts } from './score/ScoreParts.tsx';
import { ScoringControl } from './score/ScoringControl.tsx';
import { TrendsPanel } from './trends/TrendsPanel.tsx';
import { WavesPanel } from './waves/WavesPanel.tsx';

interface PatientViewProps {
  readonly patient: PatientRecord;
  /** False when the record could not be read again. */
  readonly readable: boolean;
}

/** All of one patient: who, how they are now, how they were, and what can be done. */
export function PatientView({ patient, readable }: PatientViewProps) {
  const { may } = useMe();
  const zone = useZone();
  const now = useNow(60_000);
  return (
    <div className={styles.view}>
      <PatientBanner patient={patient} now={now} zone={zone} clinical={may('see-vitals')} readable={readable} />
      {patient.encounter ? <StayView patient={patient} stay={patient.encounter} /> : <NotAdmitted patient={patient} />}
    </div>
  );
}

function NotAdmitted({ patient }: { readonly patient: PatientRecord }) {
  const { may } = useMe();
  const writable = useWritable();
  const [admitting, setAdmitting] = useState(false);
  return (
    <Blank title="Registered, in no bed">
      <p>There is no open stay{may('register-admit-move') ? '.' : ': a nurse or the scheduler admits the patient.'}</p>
      {may('register-admit-move') && (
        <Button variant="filled" disabled={!writable.ok} title={writable.why ?? ''} onClick={() => setAdmitting(true)}>
          Admit to a bed…
        </Button>
      )}{' '}
      <RecordActions patient={patient} />
      {admitting && <AdmitDialog patient={patient} onClose={() => setAdmitting(false)} />}
    </Blank>
  );
}

function StayView({ patient, stay }: { readonly patient: PatientRecord; readonly stay: Stay }) {
  const { may } = useMe();
  const { hubNow } = useLink();
  const writable = useWritable();
  const [dialog, setDialog] = useState<PatientDialog | null>(null);
  const noteField = useRef<HTMLTextAreaElement>(null);
  const live = useStayLive(patient, stay);
  const clinical = may('see-vitals');
  const close = (): void => setDialog(null);
  const open = (wanted: PatientDialog, allowed: boolean) => () => allowed && writable.ok && setDialog(wanted);
  useKeys('Patient', [
    { key: 'o', label: 'Enter observations', run: () => may('enter-observations') && setDialog('observe') },
    { key: 'n', label: 'Write a note', run: () => noteField.current?.focus() },
    { key: 'm', label: 'Move', run: open('move', may('register-admit-move')) },
    { key: 'd', label: 'Discharge', run: open('discharge', may('discharge')) },
  ]);
  const who = formalName(patient.name);
  const place = patient.bed ? `bed ${patient.bed.label}, ${patient.ward?.name ?? ''}` : null;
  return (
    <>
      <div className={styles.bar}>
        <PatientActions patient={patient} stay={stay} onOpen={setDialog} onNote={() => noteField.current?.focus()} />
      </div>
      {clinical && (
        <div className={styles.columns}>
          <div className={styles.now}>
            <PatientAlarms live={live} />
            {!patient.bed && (
              <p>
                In no bed: no device values arrive. What was charted is in the trends.
                {may('register-admit-move') && ' Press M, or Move, to give a bed.'}
              </p>
            )}
            <ScorePanel live={live} />
            <LastValues live={live} />
            <ScoreParts live={live} />
            <ScoringControl stay={stay} />
          </div>
          <div className={styles.course}>
            <WavesPanel encounterId={stay.id} />
            <TrendsPanel encounterId={stay.id} live={live} />
          </div>
          <div className={styles.side}>
            <LimitsPanel encounterId={stay.id} spo2Scale={stay.spo2Scale} />
            <NotesPanel encounterId={stay.id} field={noteField} />
          </div>
        </div>
      )}
      <Drawer opened={dialog === 'observe'} onClose={close} size={480} title={`Observations of ${who}`}>
        <ObservationForm patient={patient} stay={stay} known={knownValues(live, hubNow())} onClose={close} />
      </Drawer>
      {dialog === 'move' && <MoveDialog encounterId={stay.id} displayName={who} place={place} onClose={close} />}
      {dialog === 'discharge' && (
        <DischargeDialog encounterId={stay.id} displayName={who} place={place} onClose={close} />
      )}
      {dialog === 'allergies' && <AllergiesDialog patient={patient} onClose={close} />}
    </>
  );
}

/** Live state of the patient's bed; asks for the record again when the bed turns out to hold somebody else. */
function useStayLive(patient: PatientRecord, stay: Stay) {
  const queries = useQueryClient();
  const { may } = useMe();
  const ward = patient.ward && may('see-board') ? [patient.ward.id] : [];
  useWardWatch(ward);
  const bed = useBedLive(patient.bed?.id ?? ('' as BedId));
  const live = useMemo(() => bed && liveOf(bed, stay.id), [bed, stay.id]);
  const holder = live === undefined ? stay.id : live.patient?.encounterId;
  const changed = holder !== stay.id || (live?.patient != null && live.patient.nurseId !== stay.nurseId);
  useEffect(() => {
    if (changed) void queries.invalidateQueries({ queryKey: recordKeys.patients });
  }, [changed, queries]);
  return holder === stay.id ? live : undefined;
}

/** Of a shared bed what is of one stay, and of nobody. */
function liveOf(bed: BedLive, encounterId: EncounterId): BedLive {
  if (bed.others.length === 0) return bed;
  const other = bed.others.find(({ patient }) => patient.encounterId === encounterId);
  const alarms = bed.alarms.filter((alarm) => alarm.encounterId === null || alarm.encounterId === encounterId);
  return { ...bed, ...other, alarms };
}
