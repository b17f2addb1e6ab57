-- Daily calorific values of gas, by zone.

create table calorific_value (
  zone          text    not null,
  day           date    not null,
  change_id     bigint  not null,
  superseded_by bigint,
  mj_per_m3     numeric not null,
  constraint calorific_value_pkey primary key (zone, day, change_id),
  constraint calorific_value_zone_check check (length(zone) > 0 and length(zone) <= 16),
  constraint calorific_value_range_check check (mj_per_m3 >= 20 and mj_per_m3 <= 60),
  constraint calorific_value_superseded_check check (superseded_by > change_id)
);
create unique index calorific_value_current_key on calorific_value (zone, day) where superseded_by is null;
comment on table calorific_value is 'Gross calorific value of the gas of a zone on a day, as it was known from change_id until superseded_by.';
comment on column calorific_value.zone is 'Code of a local distribution zone, such as WM.';
