-- What each change touched, for the log of changes: in short with the change, and key by key for those who look for one.

alter table change
  add column touched   jsonb not null default '[]',
  add column first_day date,
  add column last_day  date,
  add constraint change_days_check check ((first_day is null) = (last_day is null) and first_day <= last_day);
comment on column change.touched is 'By subject how many keys the change touched, and the first of them.';
comment on column change.first_day is 'First of the days that the change is about; null where it is about none in particular.';
create index change_kind_seq_idx on change (kind, seq);

create table change_key (
  subject text   not null,
  key     text   not null,
  kind    text   not null,
  seq     bigint not null,
  constraint change_key_pkey primary key (subject, key, kind, seq)
);
comment on table change_key is 'Every key that a change touched. kind and seq are those of the change, so that one index answers who looks for a key.';

-- What was recorded before is told from the rows that it left.
create temporary table told (change_id bigint, subject text, key text, first_day date, last_day date) on commit drop;

insert into told
select d.change_id, 'meter', m.key, d.first_day, d.last_day
from (
  select e.change_id, e.meter_id, min(e.first_day) as first_day, max(e.last_day) as last_day
  from (
    select d.change_id, d.meter_id, d.day as first_day, d.day as last_day from meter_day d
    union all select r.change_id, r.meter_id, r.day, r.day from meter_day_revision r
    union all select r.superseded_by, r.meter_id, r.day, r.day from meter_day_revision r
    union all select b.change_id, b.meter_id, b.start_day, b.end_day - 1 from billed_period b
    union all select b.superseded_by, b.meter_id, b.start_day, b.end_day - 1 from billed_period b
    union all select r.change_id, r.meter_id, r.day, r.day from register_reading r
    union all select r.superseded_by, r.meter_id, r.day, r.day from register_reading r
    union all select g.change_id, g.meter_id, g.start_day, g.end_day - 1 from gas_conversion g
    union all select g.superseded_by, g.meter_id, g.start_day, g.end_day - 1 from gas_conversion g
    union all select v.change_id, v.meter_id, null, null from meter_version v
    union all select v.superseded_by, v.meter_id, null, null from meter_version v
  ) e
  where e.change_id is not null
  group by e.change_id, e.meter_id
) d
join meter m on m.id = d.meter_id;

insert into told
select x.change_id, v.subject, v.key, v.first_day, v.last_day
from (
  select v.change_id, v.superseded_by, 'site' as subject, s.key, null::date as first_day, null::date as last_day
  from site_version v join site s on s.id = v.site_id
  union all select k.change_id, k.superseded_by, 'certificate', k.rrn, null, null from energy_certificate k
  union all select k.change_id, k.superseded_by, 'site', s.key, null, null from energy_certificate k join site s on s.id = k.site_id
  union all select c.change_id, c.superseded_by, 'closure', c.key, c.first_day, c.last_day from closure c
  union all select v.change_id, v.superseded_by, 'target', g.key, null, null from target_version v join target g on g.id = v.target_id
  union all select s.change_id, s.published_by, 'statement', s.id::text, null, null from statement s
  union all select null, s.ended_by, 'statement', s.id::text, null, null from statement s
  union all
  select v.change_id, v.superseded_by, r.kind, r.key, d.start_day, d.end_day - 1
  from supply_record_version v
  join supply_record r on r.id = v.record_id
  left join lateral (
    select coalesce(v.document ->> 'from', v.document ->> 'start')::date as start_day,
      coalesce(v.document ->> 'to', v.document ->> 'end')::date as end_day
  ) d on d.end_day is not null
  union all
  select v.change_id, v.superseded_by, 'site', v.document ->> 'site', null, null
  from supply_record_version v where v.document ->> 'site' is not null
  union all select f.change_id, null, 'factor-set', f.key, null, null from factor_set f
  union all select f.change_id, null, 'factor-set', s.key, null, null from factor_file f join factor_set s on s.id = f.set_id
  union all select a.change_id, a.superseded_by, 'factor-set', a.key, null, null from factor_activation a
  union all select v.change_id, v.superseded_by, 'layout', l.key, null, null from layout_version v join layout l on l.id = v.layout_id
  union all select r.change_id, r.superseded_by, 'reference-degree-days', r.key, null, null from reference_degree_days r
  union all
  select d.change_id, d.superseded_by, 'weather-region', d.region, min(d.day),
    max(case when d.resolution = 'month' then (d.day + interval '1 month')::date - 1 else d.day end)
  from degree_day d group by 1, 2, 3, 4
  union all
  select c.change_id, c.superseded_by, 'calorific-zone', c.zone, min(c.day), max(c.day) from calorific_value c group by 1, 2, 3, 4
  union all
  select i.change_id, i.superseded_by, 'grid-region', i.region, min((i.slot at time zone 'Europe/London')::date),
    max((i.slot at time zone 'Europe/London')::date)
  from grid_intensity i group by 1, 2, 3, 4
  union all select a.change_id, a.superseded_by, 'area-table', a.key, null, null from area_table a
  union all select b.change_id, b.superseded_by, 'benchmarks', b.table_key, null, null from benchmark_edition b
) v
cross join lateral (values (v.change_id), (v.superseded_by)) x(change_id)
where x.change_id is not null;

insert into change_key (subject, key, kind, seq)
select distinct t.subject, t.key, c.kind, c.seq from told t join change c on c.id = t.change_id;

update change c set touched = s.touched, first_day = s.first_day, last_day = s.last_day
from (
  select b.change_id, min(b.first_day) as first_day, max(b.last_day) as last_day,
    jsonb_agg(jsonb_build_object('subject', b.subject, 'count', b.count, 'keys', to_jsonb(b.keys[1:20])) order by b.subject) as touched
  from (
    select t.change_id, t.subject, count(distinct t.key) as count, array_agg(distinct t.key order by t.key) as keys,
      min(t.first_day) as first_day, max(t.last_day) as last_day
    from told t
    group by t.change_id, t.subject
  ) b
  group by b.change_id
) s
where s.change_id = c.id;
