/** The least that could answer each question: sums of energy in SQL, without carbon, coverage or control. */

const YEAR = `mm.month >= '2024-04-01' and mm.month < '2025-04-01'`;

const from = (where: string) => `
from meter_month mm
join meter_version v on v.meter_id = mm.meter_id and v.superseded_by is null
join meter_placement p on p.meter_id = v.meter_id and p.change_id = v.change_id
join site s on s.id = p.site_id
where ${where}`;

const sums = 'sum(mm.quantity) as quantity, sum(mm.actual_minutes) as minutes';
/** Without the site, the join to it is left out too. */
const ofAll = (where: string) => `
from meter_month mm
join meter_version v on v.meter_id = mm.meter_id and v.superseded_by is null
where ${where}`;

export const BARE_SUMS = {
  total: `select v.activity, ${sums} ${ofAll(YEAR)} group by v.activity`,
  byMonth: `select v.activity, mm.month, ${sums} ${ofAll(YEAR)} group by v.activity, mm.month`,
  bySiteAndMonth: `select s.key, v.activity, mm.month, ${sums} ${from(YEAR)} group by s.key, v.activity, mm.month`,
  oneSite: `select v.activity, mm.month, ${sums} ${from(`${YEAR} and s.key = 'SITE-0000'`)} group by v.activity, mm.month`,
  allYears: `select v.activity, date_trunc('year', mm.month - interval '3 months') as year, ${sums} ${ofAll('true')} group by 1, 2`,
  byMeter: `select mm.meter_id, mm.month, ${sums} ${ofAll(YEAR)} group by mm.meter_id, mm.month`,
} as const;
