/** The part of a log the transports write to: ids, names of procedures, codes and times, never inputs. */
export interface DoorLog {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
