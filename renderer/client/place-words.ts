import type { Equipment, IsolationKind, SexRule } from '#domain/flow/bed-state.ts';
import type { AreaKind, WardKind } from '#domain/location/area.ts';

export const EQUIPMENT_WORDS: Readonly<Record<Equipment, string>> = {
  monitor: 'Monitor',
  oxygen: 'Oxygen',
  suction: 'Suction',
  ventilator: 'Ventilator',
  bariatric: 'Bariatric bed',
  'negative-pressure': 'Negative pressure',
  lift: 'Patient lift',
  cot: 'Cot',
};

export const ISOLATION_WORDS: Readonly<Record<IsolationKind, string>> = {
  contact: 'Contact',
  droplet: 'Droplet',
  airborne: 'Airborne',
  protective: 'Protective',
};

/** Who may share a room. */
export const SEX_RULE_WORDS: Readonly<Record<SexRule, string>> = {
  any: 'Anyone',
  female: 'Women only',
  male: 'Men only',
  same: 'One sex at a time',
};

export const WARD_KIND_WORDS: Readonly<Record<WardKind, string>> = {
  inpatient: 'Inpatient ward',
  emergency: 'Emergency department',
  day: 'Day ward',
  outpatient: 'Outpatient clinic',
  virtual: 'Patients at home',
};

export const AREA_KIND_WORDS: Readonly<Record<AreaKind, string>> = {
  waiting: 'Waiting area',
  treatment: 'Treatment area',
  theatre: 'Theatre',
  imaging: 'Imaging',
  home: 'Home',
  other: 'Other place',
};
