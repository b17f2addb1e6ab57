import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { type Answer, startService } from '../support/served-uploads.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { seededRandom } from '../support/upload-history.ts';
import { dayHeader, dayRow, numbered } from '../support/uploads.ts';

/** Black box: the service killed ten times at random moments of an upload. Most of it is starting anew. */
t.setTimeout(600_000);

const METERS = 30;
const DAYS = numbered(366, 0)
  .map((day) => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10))
  .filter((day) => day !== '2024-03-31' && day !== '2024-10-27');
const ROWS = numbered(METERS, 0).flatMap((meter) => DAYS.map((day) => dayRow(`EL-${meter}`, day, numbered(48))));
const FILE = `${[dayHeader(), ...ROWS].join('\n')}\n`;
/** Each day has the values 1 to 48. */
const WHOLE = ROWS.length * 1176;

const QUESTION = '/v1/consumption?period=2024';
type Service = Awaited<ReturnType<typeof startService>>;

async function totalOf(service: Service): Promise<number> {
  return (await service.call('GET', QUESTION)).total.quantity?.value ?? 0;
}

/** The newest upload once it is over, and whether the service was still at work on it. */
async function newestUpload(service: Service): Promise<{ upload: Answer; isResumed: boolean }> {
  for (let isResumed = false; ; isResumed = true) {
    const { data } = (await service.call('GET', '/v1/uploads?limit=1')) as Answer & { data: Answer[] };
    const upload = data[0];
    if (upload === undefined) throw new Error('no upload was recorded');
    if (upload.progress === null) return { upload, isResumed };
    await sleep(100);
  }
}

/** Sends the file to its end without waiting for an answer. */
function send(service: Service, isAsync: boolean) {
  const outgoing = service.begin(FILE, isAsync ? { prefer: 'respond-async' } : {});
  outgoing.end();
  return outgoing;
}

/** Takes back what the newest upload stored. */
async function clear(service: Service): Promise<void> {
  const { upload } = await newestUpload(service);
  if (upload.status === 'stored') await service.call('DELETE', `/v1/uploads/${upload.id}`);
}

async function prepared(t: Parameters<typeof startService>[0], dataDir: string): Promise<Service> {
  const service = await startService(t, dataDir);
  await service.call('PUT', '/v1/sites/S', { name: 'Site' });
  const meter = { site: 'S', activity: 'electricity', unit: 'kWh', kind: 'interval' };
  for (const number of numbered(METERS, 0)) await service.call('PUT', `/v1/meters/EL-${number}`, meter);
  return service;
}

/** How long an upload takes from its first byte to its answer, and the service as it was before. */
async function measure(service: Service): Promise<number> {
  const startedAt = performance.now();
  await once(send(service, false), 'response');
  const durationMs = performance.now() - startedAt;
  await clear(service);
  return durationMs;
}

t.test('an upload that is killed at any moment is there whole or not at all, and a retry completes it', async (t) => {
  const dataDir = temporaryFolder(t);
  let service = await prepared(t, dataDir);
  const durationMs = await measure(service);
  const random = seededRandom(20241027);
  const ends = { stored: 0, lost: 0, resumed: 0, retried: 0 };
  for (const round of numbered(10)) {
    const killAfterMs = Math.round(random() * durationMs);
    send(service, round % 3 === 0).on('response', (answer) => answer.resume());
    // The moment is what is tried here: whatever it is, what follows must hold.
    await sleep(killAfterMs);
    service.child.process.kill('SIGKILL');
    await service.child.exited;

    service = await startService(t, dataDir);
    const { upload, isResumed } = await newestUpload(service);
    const isStored = upload.status === 'stored';
    const name = `round ${round}, killed after ${killAfterMs} of ${Math.round(durationMs)} ms: ${upload.status}`;
    t.ok(isStored || upload.status === 'failed', `${name}: the record says which`);
    t.equal(await totalOf(service), isStored ? WHOLE : 0, name);
    if (isStored) ends[isResumed ? 'resumed' : 'stored'] += 1;
    else if (upload.keptAt === null) ends.lost += 1;
    else {
      t.match(await service.call('POST', `/v1/uploads/${upload.id}/retry`), { status: 'stored' });
      t.equal(await totalOf(service), WHOLE, `${name}, and a retry completes it`);
      ends.retried += 1;
    }
    await clear(service);
    t.equal(await totalOf(service), 0, 'and nothing is left for the next round');
  }
  t.ok(ends.retried + ends.resumed > 0, `some were killed between keeping and storing: ${JSON.stringify(ends)}`);
  service.child.process.kill('SIGTERM');
  t.equal(await service.child.exited, 0, 'and it still ends as it should');
});
