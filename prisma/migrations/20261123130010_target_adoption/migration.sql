-- When a target was adopted and given up, what took its place, and the offsets that are listed beside it.
alter table target_version
  add column adopted_on text,
  add column superseded_on text,
  add column superseded_by_target text,
  add column offsets jsonb not null default '[]',
  add constraint target_version_offsets_check check (jsonb_typeof(offsets) = 'array');
comment on column target_version.adopted_on is 'A year, month or day, as precise as the source says.';
comment on column target_version.superseded_on is 'The same: when another target took its place.';
comment on column target_version.superseded_by_target is 'Key of that target.';
comment on column target_version.offsets is 'Offsets that were retired, listed beside progress and never in it.';
