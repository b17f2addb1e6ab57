import pg from 'pg';
import { openEmbedded } from '../../../src/stores/embedded/open-embedded.ts';

// A service with an embedded database that, on SIGINT, ends the write it has begun before it closes.
const embedded = await openEmbedded({ dataDir: process.argv[2] ?? '', log: (message) => console.log(message) }).catch(
  (error: Error) => {
    console.log(`refused: ${error.message}`);
    process.exit(1);
  },
);
const client = new pg.Client(embedded.connection);
client.on('error', (error) => console.log(`lost: ${error.message}`));
await client.connect();
await client.query('create table if not exists work (id int)');
await client.query('insert into work values (1)');
const { rows } = await client.query("select (pg_read_file('postmaster.pid')::text) as lock");
console.log(`postmaster ${rows[0].lock.split('\n')[0]}`);

process.once('SIGINT', async () => {
  await write;
  await client.end();
  await embedded.close();
  console.log('closed');
});

console.log('writing');
const write = client.query('begin; insert into work values (2); select pg_sleep(1); commit').then(
  () => console.log('committed'),
  (error: Error) => console.log(`lost: ${error.message}`),
);
setInterval(() => {}, 1_000).unref();
await write;
