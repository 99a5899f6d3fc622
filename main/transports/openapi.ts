import type { AnyContractProcedure } from '@orpc/contract';
import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import type { ProcedureMeta } from '#contract/procedure.ts';
import { rolesFor } from '#contract/wire.ts';

type Procedures = Readonly<Record<string, Readonly<Record<string, AnyContractProcedure>>>>;

/** The API's own description, from the contract: roles in words, streams as event streams, bearer tokens. */
export async function describeApi(contract: Procedures, version: string): Promise<object> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const document = await generator.generate(contract, {
    info: {
      title: 'Wardline',
      version,
      description:
        'Every call is a POST of JSON. Errors carry `code`: invalid-input 400, not-signed-in 401, not-allowed 403, not-found 404, refused and conflict 409, unavailable 503, internal 500.',
    },
    servers: [{ url: '/api' }],
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
  });
  for (const [path, methods] of Object.entries(document.paths ?? {})) {
    const procedure = procedureAt(contract, path);
    if (methods?.post === undefined || procedure === undefined) continue;
    const meta: Partial<ProcedureMeta> = procedure['~orpc'].meta;
    methods.post.description = inWords(meta);
    methods.post.tags = [path.split('/')[1] ?? ''];
    methods.post.security = meta.may === 'anyone' ? [] : [{ bearer: [] }];
  }
  return document;
}

function procedureAt(contract: Procedures, path: string): AnyContractProcedure | undefined {
  const [, part = '', verb = ''] = path.split('/');
  return contract[part]?.[verb];
}

function inWords(meta: Partial<ProcedureMeta>): string {
  const changes = meta.kind === 'command' ? 'Changes something; takes an idempotency key.' : 'Changes nothing.';
  if (meta.may === 'anyone') return `${changes} Open to anyone.`;
  return `${changes} Roles: ${rolesFor(meta).join(', ')}.`;
}
