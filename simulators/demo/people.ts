import type { Sex } from '#domain/patient/patient.ts';
import type { CourseName } from '../physiology/course.ts';

/** A made-up person and why they are here. `courseHour`: where in their course they are when the demo begins. */
export interface Person {
  readonly family: string;
  readonly given: readonly string[];
  readonly sex: Sex;
  /** Years. */
  readonly age: number;
  readonly reason: string;
  readonly course: CourseName;
  readonly courseHour: number;
  readonly allergies: readonly string[] | null;
  readonly pregnant?: true;
  /** Device types beside the monitor at the bed. */
  readonly devices?: readonly string[];
  readonly notes?: readonly string[];
}

function person(
  family: string,
  given: string,
  sex: Sex,
  age: number,
  reason: string,
  course: CourseName,
  rest: Partial<Person> = {},
): Person {
  return { family, given: given.split(' '), sex, age, reason, course, courseHour: 0, allergies: [], ...rest };
}

/** Beds A01 to A16 in order. All of them are invented. */
export const MEDICINE: readonly Person[] = [
  person('Okonkwo', 'Adaeze Grace', 'female', 67, 'Pyelonephritis', 'sepsis', {
    courseHour: 11,
    allergies: ['Penicillin'],
    devices: ['infusion-pump'],
    notes: ['Rigors since the late morning, blood cultures taken.', 'Second litre of crystalloid running.'],
  }),
  person('Müller', 'Jürgen', 'male', 73, 'COPD, breathless', 'copd-exacerbation', {
    courseHour: 9.5,
    devices: ['pulse-oximeter'],
    notes: ['Target saturation 88-92 % prescribed. Nebulisers four-hourly.'],
  }),
  person('Nguyễn', 'Thị Lan', 'female', 58, 'Pneumonia', 'pneumonia-recovering', { courseHour: 6 }),
  person('Þórsdóttir', 'Guðrún', 'female', 81, 'Heart failure', 'heart-failure', {
    allergies: ['Trimethoprim'],
    devices: ['infusion-pump', 'implant-gateway'],
  }),
  person('العلي', 'فاطمة', 'female', 44, 'Cellulitis', 'urinary-infection', { allergies: null }),
  person("O'Connor", 'Sean Patrick', 'male', 77, 'Atrial fibrillation', 'atrial-fibrillation', {
    devices: ['ecg-recorder'],
  }),
  person('Kowalczyk', 'Łukasz', 'male', 39, 'Diabetes, new pump', 'diabetic', {
    devices: ['cgm', 'insulin-pump'],
    allergies: ['Latex'],
  }),
  person('李', '娜', 'female', 52, 'Chest pain, observation', 'well', { devices: ['wearable-patch'] }),
  person('Çelik', 'Mehmet', 'male', 69, 'Hypertension', 'hypertensive', { devices: ['blood-pressure-cuff'] }),
  person('Шевченко', 'Оксана', 'female', 63, 'Urinary infection', 'urinary-infection'),
  person('Dlamini', 'Sipho', 'male', 48, 'Pneumonia', 'pneumonia-recovering', { courseHour: 20 }),
  person('García Márquez', 'María José', 'female', 86, 'Falls, dehydration', 'rate-controlled', {
    allergies: ['Codeine', 'Shellfish'],
    devices: ['pill-dispenser'],
  }),
  person('Lindström', 'Åsa', 'female', 35, 'Asthma, recovering', 'well'),
  person('Παπαδόπουλος', 'Νίκος', 'male', 71, 'Heart failure', 'heart-failure', { allergies: null }),
  person('Singh', 'Harpreet', 'male', 60, 'Sepsis, on treatment', 'sepsis', {
    courseHour: 21,
    notes: ['Lactate falling, day two of antibiotics.'],
  }),
  person("N'Diaye", 'Awa', 'other', 29, 'Sickle cell pain', 'post-op-drowsy', { devices: ['thermometer'] }),
];

/** Beds B01 to B16 in order. */
export const SURGERY: readonly Person[] = [
  person('Novák', 'Jiří', 'male', 54, 'Splenic injury, observed', 'bleeding', {
    courseHour: 8.4,
    devices: ['infusion-pump'],
    notes: ['Abdomen more tender at the last review; haemoglobin sent.'],
  }),
  person('Papatheodorou', 'Eleni', 'female', 71, 'Knee replacement', 'opioid', {
    courseHour: 9.15,
    allergies: ['Ibuprofen'],
    devices: ['infusion-pump'],
    notes: ['Patient-controlled analgesia. Drowsy but rouses to voice.'],
  }),
  person('Haddad', 'Yusuf', 'male', 19, 'Appendicectomy', 'appendicitis', { devices: ['wearable-patch'] }),
  person('Smith', 'Dorothy', 'female', 88, 'Hip fracture', 'hip-fracture', {
    allergies: ['Morphine'],
    devices: ['thermometer'],
  }),
  person('Smith', 'Dorothea', 'female', 84, 'Hip fracture', 'hip-fracture'),
  person('山本', '健太', 'male', 46, 'Hernia repair', 'post-op'),
  person('Silva', 'João Pedro', 'male', 57, 'Bowel resection', 'post-op-drowsy', { devices: ['pulse-oximeter'] }),
  person('Ivanova', 'Елена', 'female', 62, 'Gallbladder removal', 'post-op'),
  person('Brown', 'Tamika', 'female', 31, 'Appendicitis, pregnant', 'appendicitis', { pregnant: true }),
  person('Fernández', 'Íñigo', 'male', 66, 'Aortic repair', 'hypertensive', { devices: ['blood-pressure-cuff'] }),
  person('Keller', 'Anneliese', 'female', 79, 'Wrist fracture', 'rate-controlled', { allergies: null }),
  person('Tamahana', 'Aroha', 'female', 41, 'Thyroid surgery', 'post-op', { devices: ['wearable-patch'] }),
  person('Rossi', 'Niccolò', 'male', 50, 'Perforated ulcer, repaired', 'pneumonia-recovering', { courseHour: 12 }),
  person('Abebe', 'Tesfaye', 'male', 37, 'Road accident, observed', 'well'),
  person('Van der Berg', 'Marieke', 'female', 74, 'Vascular bypass', 'post-op', { devices: ['pill-dispenser'] }),
  person('Achterberg', 'Robin', 'unknown', 59, 'Stomach bleed, treated', 'bleeding', { courseHour: 16 }),
];
