/** Core temperature (Cel) the body aims at. `hour` is the local hour of day, 0 to 24; lowest before waking. */
export function temperatureTarget(base: number, infection: number, bloodLoss: number, hour: number): number {
  const daily = 0.25 * Math.cos(((hour - 17) / 24) * 2 * Math.PI);
  return base + daily + 2.7 * infection ** 0.7 - 2 * Math.max(0, bloodLoss - 0.15);
}
