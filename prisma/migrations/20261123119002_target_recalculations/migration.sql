-- What the operator states about the base year of sites that joined or left: part of a target, and versioned with it.
alter table target_version
  add column recalculations jsonb not null default '[]',
  add constraint target_version_recalculations_check check (jsonb_typeof(recalculations) = 'array');
comment on column target_version.recalculations is 'Stated base-year emissions of sites, for the recalculation of the baseline.';
