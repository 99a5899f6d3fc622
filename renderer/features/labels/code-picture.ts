import { datamatrix, drawingSVG, qrcode } from 'bwip-js/generic';

export const CODE_KINDS = ['datamatrix', 'qr'] as const;
export type CodeKind = (typeof CODE_KINDS)[number];

/** A two-dimensional code as an SVG picture to put in an image's address; sharp at every size it is printed in. */
export function codePicture(kind: CodeKind, text: string): string {
  const medium = { bcid: 'qrcode', text, scale: 1, eclevel: 'M' };
  const svg =
    kind === 'qr'
      ? qrcode<string>(medium, drawingSVG())
      : datamatrix<string>({ bcid: 'datamatrix', text, scale: 1 }, drawingSVG());
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
