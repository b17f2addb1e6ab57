import t from 'tap';
import { openApiDocument } from '../../scripts/openapi-document.ts';
import { type Document, operationsOf, resolved } from '../support/operations.ts';

const document = (await openApiDocument()) as unknown as Document;
const reads = operationsOf(document).filter(({ method }) => method === 'GET');

/** What has no earlier state to be read: why, by path. */
const WITHOUT: Record<string, string> = {
  '/health/live': 'about the process',
  '/health/ready': 'about the process',
  '/v1/api-keys': 'no figure rests on them',
  '/v1/changes': 'the log of what was recorded, which is never altered',
  '/v1/estimation-methods': 'part of the program',
  '/v1/factor-sets/{set}/impact': 'about what is not in use yet',
  '/v1/factor-sets/{set}/versions/{version}': 'a version never changes',
  '/v1/meters/{meter}/bills': 'lists what was superseded too, with when',
  '/v1/meters/{meter}/register-readings': 'lists what was superseded too, with when',
  '/v1/statements': 'immutable, and dated by their versions',
  '/v1/statements/{statement}': 'immutable',
  '/v1/statements/{statement}/page': 'immutable',
  '/v1/statements/{statement}/verification': 'about a moment of its own',
  '/v1/uploads': 'a log, in the order of time',
  '/v1/uploads/{id}': 'an entry of a log',
  '/v1/uploads/{id}/events': 'what happens now',
  '/v1/uploads/{id}/file': 'a file never changes',
};

t.test(
  'every read can be asked as of an earlier moment, or has no other state than the present (rule A8)',
  async (t) => {
    for (const { path, operation } of reads) {
      const takesIt = operation.parameters?.some(({ name }) => name === 'asOf') ?? false;
      t.not(takesIt, path in WITHOUT, `${path}: ${WITHOUT[path] ?? 'takes asOf'}`);
    }
    const paths = reads.map(({ path }) => path);
    for (const path of Object.keys(WITHOUT)) t.ok(paths.includes(path), `${path} is an operation`);
  },
);

t.test('what takes a moment says which one it answered with', async (t) => {
  for (const { path, operation } of reads) {
    if (!operation.parameters?.some(({ name }) => name === 'asOf')) continue;
    const schema = operation.responses['200']?.content?.['application/json']?.schema;
    t.ok(resolved(document, schema ?? {}).properties?.asOf, path);
  }
});
