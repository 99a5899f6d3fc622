import type { Records } from '#renderer/client/records.ts';

export type LabelRecord = Records['beds']['labels'][number];

/** Labels of a ward by its name, of one bed, or all; beds in natural order within their ward. */
export function labelsShown(
  labels: readonly LabelRecord[],
  { ward, bed }: { readonly ward?: string | undefined; readonly bed?: string | undefined },
): LabelRecord[] {
  return labels
    .filter(({ bedId, wardName }) => (bed === undefined || bedId === bed) && (ward === undefined || wardName === ward))
    .sort(
      (one, other) =>
        one.wardName.localeCompare(other.wardName, 'en', { numeric: true }) ||
        one.bedLabel.localeCompare(other.bedLabel, 'en', { numeric: true }),
    );
}

/** Wards that have labels, in order. */
export function wardsOf(labels: readonly LabelRecord[]): string[] {
  return [...new Set(labels.map(({ wardName }) => wardName))].sort((one, other) =>
    one.localeCompare(other, 'en', { numeric: true }),
  );
}
