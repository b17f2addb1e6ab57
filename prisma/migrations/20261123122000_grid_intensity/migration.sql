-- Carbon intensity of the electricity grid by half-hour and region.

create table grid_intensity (
  region        text        not null,
  slot          timestamptz not null,
  change_id     bigint      not null,
  superseded_by bigint,
  g_per_kwh     numeric     not null,
  measure       text        not null,
  constraint grid_intensity_pkey primary key (region, slot, change_id),
  constraint grid_intensity_region_check check (length(region) > 0 and length(region) <= 40),
  constraint grid_intensity_range_check check (g_per_kwh >= 0 and g_per_kwh <= 2000),
  constraint grid_intensity_measure_check check (measure in ('actual', 'forecast')),
  constraint grid_intensity_superseded_check check (superseded_by > change_id)
);
create unique index grid_intensity_current_key on grid_intensity (region, slot) where superseded_by is null;
comment on table grid_intensity is 'Grams of CO2 a kilowatt-hour, of the half-hour that begins at slot, as it was known from change_id until superseded_by.';
