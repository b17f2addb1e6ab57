import { migrate } from '../../../src/stores/migrations/migrate.ts';

// Migrates the database given as JSON with the migrations in a folder and writes what was applied.
const [connection = '', folder] = process.argv.slice(2);
console.log('migrating');
const { applied } = await migrate(JSON.parse(connection), folder);
console.log(`applied ${JSON.stringify(applied)}`);
