import { type Workbook, writeWorkbook } from './sheet.ts';

/** What the thread answers. */
export type Written = { readonly file: Blob } | { readonly problem: string };

addEventListener('message', ({ data }: MessageEvent<Workbook>) => {
  const answer = (written: Written): void => postMessage(written);
  writeWorkbook(data).then(
    (file) => answer({ file }),
    (error: unknown) => answer({ problem: error instanceof Error ? error.message : String(error) }),
  );
});
