import { ClinicError } from '#domain/clinic-error.ts';

/**
 * JSON with sorted keys: the same facts always give the same text. Undefined becomes null at the top and in lists and
 * is left out of objects, as JSON does; numbers that are not finite are refused.
 */
export function canonicalJson(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new ClinicError('invalid-input', 'A number that is not finite cannot be kept.');
  }
  if (typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if ('toJSON' in value && typeof value.toJSON === 'function') return canonicalJson(value.toJSON());
  const entries = Object.entries(value).filter(([, held]) => held !== undefined);
  entries.sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
  return `{${entries.map(([key, held]) => `${JSON.stringify(key)}:${canonicalJson(held)}`).join(',')}}`;
}
