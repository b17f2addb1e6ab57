-- Degree days by region, what long-term weather is compared with, and what of sites, meters and settings says how they
-- answer to it.

create table degree_day (
  region             text    not null,
  kind               text    not null,
  base_temperature_c numeric not null,
  resolution         text    not null,
  day                date    not null,
  change_id          bigint  not null,
  superseded_by      bigint,
  degree_days        numeric not null,
  source             text    not null,
  constraint degree_day_pkey primary key (region, kind, base_temperature_c, resolution, day, change_id),
  constraint degree_day_region_check check (length(region) > 0 and length(region) <= 40),
  constraint degree_day_kind_check check (kind in ('heating', 'cooling')),
  constraint degree_day_base_check check (base_temperature_c >= 0 and base_temperature_c <= 40),
  constraint degree_day_resolution_check check (resolution = 'day' or (resolution = 'month' and extract(day from day) = 1)),
  constraint degree_day_range_check check (degree_days >= 0 and degree_days <= 2200),
  constraint degree_day_source_check check (length(source) > 0),
  constraint degree_day_superseded_check check (superseded_by > change_id)
);
create unique index degree_day_current_key on degree_day (region, kind, base_temperature_c, resolution, day) where superseded_by is null;
comment on table degree_day is 'Degree days of a region, by day or as the total of a month, as they were known from change_id until superseded_by.';
comment on column degree_day.day is 'The day, or the first of the month.';

create table reference_degree_days (
  key           text   not null,
  change_id     bigint not null,
  superseded_by bigint,
  name          text   not null,
  source        text   not null,
  series        jsonb  not null,
  constraint reference_degree_days_pkey primary key (key, change_id),
  constraint reference_degree_days_series_check check (jsonb_typeof(series) = 'array'),
  constraint reference_degree_days_superseded_check check (superseded_by > change_id)
);
create unique index reference_degree_days_current_key on reference_degree_days (key) where superseded_by is null;
comment on table reference_degree_days is 'Long-term degree days of regions by month, against which weather is compared.';
comment on column reference_degree_days.series is 'Region, kind, baseTemperatureC and months (January to December), one entry for each region and base; numbers as text.';

alter table site_version add column weather_region text,
  add constraint site_version_weather_region_check check (length(weather_region) > 0 and length(weather_region) <= 40);
comment on column site_version.weather_region is 'Region whose degree days hold for the site; without one that of the settings does.';

alter table meter_version add column heating_share numeric,
  add constraint meter_version_heating_share_check check (heating_share >= 0 and heating_share <= 1);
comment on column meter_version.heating_share is 'Declared share of the use that heats, by which totals are spread over the degree days of their span.';

alter table settings_version
  add column weather_region text,
  add column weather jsonb not null default '{}',
  add constraint settings_version_weather_region_check check (length(weather_region) > 0 and length(weather_region) <= 40),
  add constraint settings_version_weather_check check (jsonb_typeof(weather) = 'object');
comment on column settings_version.weather_region is 'Region whose degree days hold for sites that name none.';
comment on column settings_version.weather is 'How weather is told from use, by group and name.';
