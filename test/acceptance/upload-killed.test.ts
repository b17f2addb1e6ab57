import { once } from 'node:events';
import t from 'tap';
import { startService } from '../support/served-uploads.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { dayHeader, dayRow, numbered } from '../support/uploads.ts';

/** Black box: the service killed while a file is on its way. It starts twice: 30 s are too short on a busy machine. */
t.setTimeout(180_000);

const ROWS = Array.from({ length: 20_000 }, (_, index) =>
  dayRow(
    `EL-${Math.floor(index / 360)}`,
    new Date(Date.UTC(2024, 0, 1 + (index % 360))).toISOString().slice(0, 10),
    new Array(48).fill(1),
  ),
).filter((row) => !row.includes('2024-03-31') && !row.includes('2024-10-27'));
const FILE = `${[dayHeader(), ...ROWS].join('\n')}\n`;

t.test(
  'a service killed in the middle of an upload has stored none of it, says so, and takes the file again',
  async (t) => {
    const dataDir = temporaryFolder(t);
    let service = await startService(t, dataDir);
    await service.call('PUT', '/v1/sites/S', { name: 'Site' });
    for (const number of numbered(56, 0))
      await service.call('PUT', `/v1/meters/EL-${number}`, {
        site: 'S',
        activity: 'electricity',
        unit: 'kWh',
        kind: 'interval',
      });

    service.begin(FILE);
    for (let record = await service.call('GET', '/v1/uploads/1'); record.status !== 'receiving'; )
      record = await service.call('GET', '/v1/uploads/1');
    service.child.process.kill('SIGKILL');
    await service.child.exited;

    service = await startService(t, dataDir);
    t.match(await service.call('GET', '/v1/uploads/1'), {
      status: 'failed',
      reason: /stopped while the file was being received/,
    });
    const question = '/v1/consumption?period=2024';
    t.notOk((await service.call('GET', question)).total.quantity?.value, 'nothing of it is in any figure');

    const outgoing = service.begin(FILE);
    const answered = once(outgoing, 'response');
    outgoing.end();
    const [response] = await answered;
    t.equal(response.statusCode, 201);
    t.match(await service.call('GET', '/v1/uploads/2'), { status: 'stored', days: { new: ROWS.length } });
    t.equal((await service.call('GET', question)).total.quantity?.value, ROWS.length * 48);
    service.child.process.kill('SIGTERM');
    t.equal(await service.child.exited, 0, 'and it still ends as it should');
  },
);
