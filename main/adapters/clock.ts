/** The hub's own time, epoch ms: the one place that asks the machine. */
export const systemClock = (): number => Date.now();
