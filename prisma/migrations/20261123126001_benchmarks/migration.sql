-- Benchmarks that buildings are rated against, the use that a site is set against, and what ratings go by.

create table benchmark_edition (
  table_key     text   not null,
  edition       text   not null,
  change_id     bigint not null,
  superseded_by bigint,
  source        text   not null,
  valid_from    date   not null,
  uses          jsonb  not null,
  conversions   jsonb  not null,
  constraint benchmark_edition_pkey primary key (table_key, edition, change_id),
  constraint benchmark_edition_uses_check check (jsonb_typeof(uses) = 'array' and jsonb_array_length(uses) > 0),
  constraint benchmark_edition_conversions_check check (jsonb_typeof(conversions) = 'array'),
  constraint benchmark_edition_superseded_check check (superseded_by > change_id)
);
create unique index benchmark_edition_current_key on benchmark_edition (table_key, edition) where superseded_by is null;
create unique index benchmark_edition_valid_from_key on benchmark_edition (table_key, valid_from) where superseded_by is null;
comment on table benchmark_edition is 'One edition of a table of benchmarks, as the operator uploaded it; it is ended, never edited.';
comment on column benchmark_edition.uses is 'Use, name, electricityKwhPerM2, fossilThermalKwhPerM2 a year, siteCategories; numbers as text.';
comment on column benchmark_edition.conversions is 'Kilograms of CO2 that a kWh of another fuel counts: activity, heatNetwork, kgCo2PerKwh, source; numbers as text.';

alter table site_version
  add column benchmark_uses jsonb not null default '[]',
  add column visited_by_public boolean,
  add constraint site_version_benchmark_uses_check check (jsonb_typeof(benchmark_uses) = 'array');
comment on column site_version.benchmark_uses is 'The uses that it is rated by, from a day on; the first entry may have no first day.';
comment on column site_version.visited_by_public is 'Whether the public frequently visits it; null where nobody has said.';

alter table settings_version
  add column display_energy jsonb not null default '{}',
  add constraint settings_version_display_energy_check check (jsonb_typeof(display_energy) = 'object');
comment on column settings_version.display_energy is 'What operational ratings and display energy certificates go by, by group and name.';
