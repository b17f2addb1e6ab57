import t from 'tap';
import { localPosition, minutesBetween, minutesOfDay, parseInstantMs } from '../../src/domain/calendar.ts';
import { type IntervalProfile, mergeProfiles, profileOf, profileSums } from '../../src/domain/interval-profile.ts';
import { addDays, type LocalDay } from '../../src/domain/local-day.ts';
import { parsePeriod } from '../../src/domain/period.ts';
import { valueFault } from '../../src/domain/readings/value-rules.ts';
import { settleMeter } from '../../src/domain/settle-meter.ts';
import { EVIDENCE_RANK, type SpanTotal, settleSpans } from '../../src/domain/span-totals.ts';
import { dec, estateOf } from '../support/memory-estate.ts';
import { figureOf } from '../support/memory-figure.ts';
import { billedDays, billOf, daysOf, type Used } from '../support/memory-usage.ts';
import { partsOf, readNote } from '../support/note.ts';
import { readUpload } from '../support/read-upload.ts';
import { dayHeader, dayRow } from '../support/uploads.ts';

const EVIDENCE = readNote('evidence');
const COVERAGE = readNote('coverage');
const CLOCK = readNote('clock');

type Evidence = { spans: SpanTotal[]; profiles: Map<LocalDay, IntervalProfile> };

/** Adds what a line of an example says was delivered. */
function deliver({ spans, profiles }: Evidence, line: string): void {
  const [what, period = '', quantity = ''] = partsOf(line, /^(bill|reads|intervals|half of) (\S+): (\d+)(?: a day)?$/);
  if (what === 'bill') spans.push(billOf({ period, quantity }));
  else if (what === 'reads') spans.push({ ...billOf({ period, quantity }), rank: 2 });
  else
    for (const day of daysOf(period)) {
      const half = [...new Array(24).fill(Number(quantity) / 24), ...new Array(24).fill(null)];
      const whole = profileOf(day, 1440, [Number(quantity)], null);
      profiles.set(day, what === 'half of' ? profileOf(day, 30, half, null) : whole);
    }
}

/** What a line of an example says comes of it. */
function outcome({ spans, profiles }: Evidence, asked: string): string {
  const days = asked === 'conflict' ? [] : daysOf(asked);
  if (days.length === 0) {
    const [conflict] = settleSpans(spans, profiles).conflicts;
    return `${Number(conflict?.totalMicro) / 1e6} against ${Number(conflict?.coveredMicro) / 1e6}`;
  }
  const settled = settleMeter({ meterId: 1, stored: profiles, received: new Map(), spans, days }).days;
  const known = settled.flatMap(({ quantityMicro }) => (quantityMicro === null ? [] : [quantityMicro]));
  if (known.length === 0) return 'nothing';
  return dec(String(known.reduce((a, b) => a + b, 0n)))
    .div(1e6)
    .toFixed(6);
}

t.test('deliveries come to the days that the pages say (rules E1, E4, F4)', async (t) => {
  const boxes = [EVIDENCE, COVERAGE].flatMap((note) => note.boxes('evidence'));
  t.equal(boxes.length, 6, 'no example is lost by a slip of the pen');
  for (const { lines } of boxes) {
    const evidence: Evidence = { spans: [], profiles: new Map() };
    for (const line of lines.filter((each) => !each.startsWith('='))) deliver(evidence, line);
    const stated = lines.filter((each) => each.startsWith('='));
    t.ok(stated.length > 0);
    for (const line of stated) {
      const [asked = '', result] = partsOf(line, /^= (\S+): (.+)$/);
      t.equal(outcome(evidence, asked), result, `${lines[0]} ${line}`);
    }
  }
});

t.test('the ranks of evidence are those of the page (rule E1)', async (t) => {
  const rows = [...EVIDENCE.text.matchAll(/^\| (\d) \| `([\w-]+)`/gm)].map(([, rank, name]) => [name, Number(rank)]);
  t.same(Object.fromEntries(rows), EVIDENCE_RANK);
});

t.test('corrections replace or are kept out as the page says (rule E2)', async (t) => {
  const examples = EVIDENCE.lines('corrections');
  t.equal(examples.length, 4);
  for (const line of examples) {
    const [before = '', quality = '', after = '', later = '', replaces, kwh, kept] = partsOf(
      line,
      /^48 half-hours of (\S+) (\w+), then 48 of (\S+) (\w+)( to replace)? = (\S+) kWh, kept actual (\d+)$/,
    );
    const day = '2025-06-01';
    const sent = (value: string, name: string) =>
      profileOf(day, 30, new Array(48).fill(Number(value)), name === 'estimated' ? 'E' : null);
    const merged = mergeProfiles(day, sent(before, quality), sent(after, later), () => replaces !== '');
    if ('conflict' in merged) throw new Error(merged.conflict);
    const { actualMicro, estimatedMicro } = profileSums(day, merged.profile);
    t.same([(Number(actualMicro + estimatedMicro) / 1e6).toFixed(6), String(merged.keptActual)], [kwh, kept], line);
  }
});

t.test('values are taken or refused as the page says (rule E12)', async (t) => {
  const examples = EVIDENCE.lines('values');
  t.equal(examples.length, 5);
  for (const line of examples) {
    const [value = '', stated] = partsOf(line, /^(\S+) = (taken|refused)$/);
    t.equal(valueFault(Number(value)) === null ? 'taken' : 'refused', stated, line);
  }
});

t.test('coverage of a year is what its page says (rules F1, F2)', async (t) => {
  const boxes = COVERAGE.boxes('coverage');
  t.equal(boxes.length, 2);
  for (const { words: year, lines } of boxes) {
    const meters = lines.filter((line) => !line.startsWith('='));
    const used: Used[] = [];
    const estate = estateOf(
      meters.map((line) => {
        const [key = '', from = '', to = '', totals = ''] = partsOf(
          line,
          /^(\w)(?: from (\S+))?(?: until (\S+))?: (.*)$/,
        );
        for (const total of totals.split(', ')) {
          const [quantity = '', estimated, period = ''] = partsOf(total, /^(\d+)( estimated)? over (\S+)$/);
          used.push({ meter: key, period, quantity, quality: estimated === '' ? 'A' : 'E' });
        }
        return { key, from: from === '' ? '2020-01-01' : from, to: to === '' ? null : to };
      }),
    );
    const { coverage } = figureOf(estate, billedDays(estate, used), { period: year }).total;
    const [actual, estimated, missing] = [coverage?.actual, coverage?.estimated, coverage?.missing].map((share) =>
      share?.toFixed(4),
    );
    t.same(
      lines.filter((line) => line.startsWith('=')),
      [
        `= actual ${actual}, estimated ${estimated}, missing ${missing}`,
        `= ${coverage?.days.expected} days expected, ${coverage?.days.missing} missing`,
      ],
    );
  }
  t.match(COVERAGE.text, /184 of 1,307 meter-days are missing, 14\.08 %/);
  t.equal((100 * (184 / 1307)).toFixed(2), '14.08');
});

t.test('the running year is as far as its page says (rule F3)', async (t) => {
  const [box] = COVERAGE.boxes('running');
  t.equal(box?.lines.length, 3);
  const [period = '', today = ''] = partsOf(box?.words ?? '', /^(\S+) on (\S+)$/);
  for (const line of box?.lines ?? []) {
    const [kind = '', lastDay = '', stated] = partsOf(line, /^(\w+) meter with data to the end of (\S+) = (.*)$/);
    const used = [{ meter: 'M', period: `2026-04-01/${addDays(lastDay, 1)}`, quantity: 1_000 }];
    const estate = estateOf([{ key: 'M', kind: kind as 'interval', from: '2020-01-01', lastDay }]);
    const { days } = figureOf(estate, billedDays(estate, used), { period }, today).total.coverage ?? {};
    t.equal(`${days?.expected} days expected, ${days?.missing} missing, ${days?.pending} pending`, stated, line);
  }
});

t.test('days and instants are as long and as placed as the page on the clock says', async (t) => {
  const [days, instants] = [CLOCK.lines('days'), CLOCK.lines('instants')];
  t.same([days.length, instants.length], [7, 5]);
  for (const line of days) {
    const [period = '', count] = partsOf(line, /^(\S+) = (\d+) half-hours$/);
    const { start, end } = parsePeriod(period);
    t.equal(minutesBetween(start, end) / 30, Number(count), line);
  }
  for (const line of instants) {
    const [instant = '', stated] = partsOf(line, /^(\S+) = (.+)$/);
    const { day, minute } = localPosition(parseInstantMs(instant));
    t.equal(`half-hour ${minute / 30 + 1} of ${minutesOfDay(day) / 30} on ${day}`, stated, line);
  }
});

t.test('48 values on a day of another length come to what the page says (rule E8)', async (t) => {
  const examples = CLOCK.lines('local48');
  t.equal(examples.length, 6);
  for (const line of examples) {
    const [hour = '', total = '', day = '', stated] = partsOf(
      line,
      /^48 values of 1(?:, (\d) from 01:00 to 02:00)?(?:, total (\d+))?,? on (\S+) = (.+)$/,
    );
    const values = Array.from({ length: 48 }, (_, index) => (hour !== '' && index >= 2 && index < 4 ? hour : '1'));
    const file = `${dayHeader()},Total\n${dayRow('E1', day, values)},${total}\n`;
    const { days, report } = readUpload(file, { clock: 'local48' });
    const read = days[`E1 ${day}`];
    const known = read?.values.filter((value) => value !== null).length;
    const found = `${known} of ${read?.values.length} half-hours, ${read?.quantity} kWh`;
    t.equal(report.rows.refused > 0 ? 'refused' : found, stated, line);
  }
});

t.test('gas days come to the local days that the page says (rule E7)', async (t) => {
  const examples = CLOCK.lines('gas-day');
  t.equal(examples.length, 2);
  for (const line of examples) {
    const [total = '', day = '', how, stated] = partsOf(
      line,
      /^(\d+) kWh on gas day (\S+), (hourly|one value) = (.+)$/,
    );
    const hours = Array.from({ length: 24 }, (_, hour) => `${String((hour + 5) % 24).padStart(2, '0')}:00`);
    const hourly = `MPRN,Gas Day,${hours.join(',')}\nG1,${day},${hours.map(() => Number(total) / 24).join(',')}\n`;
    const daily = `MPRN,Gas Day,kWh\nG1,${addDays(day, -1)},1\nG1,${day},${total}\n`;
    const { days, report } = readUpload(how === 'hourly' ? hourly : daily);
    const found = Object.entries(days).filter(([name]) => !name.endsWith(addDays(day, -1)));
    t.equal(found.map(([name, { quantity }]) => `${quantity} kWh on ${name.slice(3)}`).join(', '), stated, line);
    if (how !== 'hourly') t.match(report.notices, [{ code: 'gas-day', detail: /on which it begins/ }]);
  }
});
