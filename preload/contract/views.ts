import { z } from 'zod';
import { command, commandInput, done, query } from './procedure.ts';
import { words } from './schemas.ts';

const view = z.object({
  id: z.string(),
  screen: z.string(),
  name: z.string(),
  /** JSON as the console wrote it. */
  state: z.string(),
  shared: z.boolean(),
  mine: z.boolean(),
});

/** Lists under a name: filters, order and columns. */
export const views = {
  list: query({ may: 'saved-views' })
    .input(z.object({ screen: words(60) }))
    .output(z.array(view)),
  /** The same name again replaces one's own view. Refusals: too-many-views (100 a person). */
  save: command({ may: 'saved-views' })
    .input(commandInput({ screen: words(60), name: words(60), state: z.string().max(20_000), shared: z.boolean() }))
    .output(view),
  /** Written down before a list leaves as a file: which, in what form, and how many rows. */
  noteExport: command({ may: 'saved-views' })
    .input(commandInput({ list: words(60), format: z.enum(['csv', 'xlsx']), rows: z.number().int().min(0).max(1e7) }))
    .output(done),
  /** Refusals: not-yours. */
  remove: command({ may: 'saved-views' })
    .input(commandInput({ id: z.string().max(64) }))
    .output(done),
};
