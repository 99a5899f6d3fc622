import { z } from 'zod';
import { metricOf } from '#domain/observation/metric.ts';

const at = z
  .int()
  .min(0)
  .max(8_640_000_000_000_000)
  .refine((value) => !Object.is(value, -0));
const seq = z
  .int()
  .min(0)
  .refine((value) => !Object.is(value, -0));
const word = z
  .string()
  .max(64)
  .refine((text) => !/\p{C}/u.test(text));
/** zod's own number refuses infinity; here it is the judge's to refuse, value by value. */
const number = z.custom<number>((value) => typeof value === 'number');

/** What may stand for a metric, without its object form. */
function scalar(code: string): z.ZodType {
  const metric = metricOf(code);
  if (metric === undefined) return z.union([number, z.string()]);
  return metric.codes ? z.enum([...metric.codes]) : number;
}

/** A metric's value as a readings message may write it. */
function written(code: string): z.ZodType {
  const absent = z.object({ v: z.null(), why: word.min(1) });
  const full = z.object({ v: scalar(code), u: word.optional() });
  return z.union([scalar(code), absent, full]);
}

/** The readings message of devices.md, said a second time: a property test holds it and the hot path together. */
export const readingsSchema = z
  .object({
    seq,
    at,
    replay: z.boolean().optional(),
    values: z.record(z.string(), z.unknown()).refine((values) => Object.keys(values).length <= 256),
  })
  .refine(({ values }) => Object.entries(values).every(([code, value]) => written(code).safeParse(value).success));
