export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
/** The last moment a date can name: the end of a span that has none. */
export const LAST_MOMENT = 8_640_000_000_000_000;
