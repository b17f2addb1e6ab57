import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate } from '../../support/estate.ts';
import { halfHours } from '../../support/half-hours.ts';
import { dayHeader, dayRow, numbered, sendFile } from '../../support/uploads.ts';

const service = await testApp(t);
await writeEstate(service, [
  { meter: 'IMP' },
  { meter: 'EXP', direction: 'export' },
  { meter: 'IMP-ROWS' },
  { meter: 'EXP-ROWS', direction: 'export' },
]);

/** 48 half-hours that add up to a total: 47 of a fiftieth of it, and three fiftieths in the last. */
const spread = (total: number): number[] => {
  const each = total / 50;
  return numbered(48).map((n) => (n < 48 ? each : Number((total - 47 * each).toFixed(6))));
};
type Days = { data: { quantity: number | null }[] };
const dayOf = async (meter: string) =>
  (await ask<Days>(service, `/v1/meters/${meter}/readings?period=2025-01-10&resolution=day`)).data.map(
    ({ quantity }) => quantity,
  );

t.test('AI 100, RI 40, AE 5: import 100, export 5, 48 reactive values skipped (rule E9)', async (t) => {
  const rowsOf = (meter: string, channel: string, total: number) =>
    halfHours().map((time, n) => `${meter},${channel},2025-01-10 ${time},${spread(total)[n]}`);
  const { status, body } = await sendFile(
    service,
    '',
    [
      'MPAN,Channel,Timestamp,Value',
      ...rowsOf('IMP-ROWS', 'AI', 100),
      ...rowsOf('IMP-ROWS', 'RI', 40),
      ...rowsOf('EXP-ROWS', 'AE', 5),
    ].join('\n'),
  );
  t.equal(status, 201, JSON.stringify(body));
  t.match(body, { rows: { read: 144, accepted: 96, skipped: 48, refused: 0 } });
  t.match(body.notices, [{ code: 'channels-skipped', detail: /48 of reactive/ }]);
  t.same(await dayOf('IMP-ROWS'), [100]);
  t.same(await dayOf('EXP-ROWS'), [5]);
});

t.test('the same of days side by side, and export is never added to import (rule E9)', async (t) => {
  const row = (meter: string, channel: string, total: number) =>
    dayRow(`${meter},${channel}`, '2025-01-10', spread(total));
  const { body } = await sendFile(
    service,
    '',
    [
      dayHeader().replace('MPAN,', 'MPAN,Channel,'),
      row('IMP', 'AI', 100),
      row('IMP', 'RI', 40),
      row('IMP', 'AE', 5),
      row('EXP', 'AE', 5),
    ].join('\n'),
  );
  t.match(body.rows, { read: 4, accepted: 2, skipped: 2 });
  t.same([await dayOf('IMP'), await dayOf('EXP')], [[100], [5]]);
});
