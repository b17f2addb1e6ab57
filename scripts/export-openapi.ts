import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { OPENAPI_FILE, openApiText } from './openapi-document.ts';

// Writes the OpenAPI document of the routes as they stand to openapi/openapi.json, which is committed: a change of the
// interface shows in review, and a test fails while file and routes differ.
const file = path.join(import.meta.dirname, '..', OPENAPI_FILE);
mkdirSync(path.dirname(file), { recursive: true });
writeFileSync(file, await openApiText());
console.log(`Wrote ${OPENAPI_FILE}.`);
