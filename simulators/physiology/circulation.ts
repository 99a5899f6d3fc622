import { clamp } from './drift.ts';

/** What decides pressure and heart rate at one moment. Shares of normal, unless a unit is named. */
export interface CirculationInput {
  /** Heart rate (/min) the body asks for before the pressure reflex. */
  readonly demand: number;
  /** Share of the blood volume that is lost, 0 to 0.5. */
  readonly bloodLoss: number;
  /** Severity of a systemic infection, 0 to 1: widens vessels, leaks volume, blunts the reflex. */
  readonly infection: number;
  /** Strength of the heart's beat; 1 is normal. */
  readonly contractility: number;
  /** Strength of the pressure reflex; falls with age and beta blockers. */
  readonly reflex: number;
  /** Mean pressure (mmHg) the body holds at rest. */
  readonly meanSet: number;
  /** Pulse pressure (mmHg) at a normal stroke volume: stiff vessels have more. */
  readonly pulsePressure: number;
  readonly maximumRate: number;
}

export interface Circulation {
  readonly rate: number;
  readonly systolic: number;
  readonly diastolic: number;
  readonly mean: number;
}

/** Capillary leak at the height of an infection, as a share of the blood volume. */
const LEAK = 0.12;
/** Share of resistance lost at the height of an infection. */
const DILATION = 0.45;
/** How steeply stroke volume falls with volume. */
const PRELOAD_SLOPE = 1.6;

/**
 * Pressure = rate x stroke volume x resistance. What is missing to the pressure the body holds drives the reflex: the
 * heart quickens (with shorter filling) and vessels narrow, so bleeding shows in the rate long before the pressure.
 */
export function circulate(input: CirculationInput): Circulation {
  const lost = input.bloodLoss + LEAK * input.infection;
  const stroke = clamp((1 - PRELOAD_SLOPE * lost) * input.contractility, 0.15, 1.2);
  const openResistance = 1 - DILATION * input.infection ** 1.3;
  const deficit = clamp(1 - stroke * openResistance, 0, 1);
  const quickening = 1.1 * input.reflex * deficit * (1 - 0.3 * input.infection);
  const narrowing = 0.75 * input.reflex * deficit * (1 - 0.8 * input.infection);
  const rate = clamp(input.demand * (1 + quickening), 25, input.maximumRate);
  const mean = clamp(input.meanSet * (1 + 0.6 * quickening) * stroke * openResistance * (1 + narrowing), 22, 220);
  const pulse = input.pulsePressure * stroke;
  return { rate, mean, systolic: mean + (2 / 3) * pulse, diastolic: mean - pulse / 3 };
}
