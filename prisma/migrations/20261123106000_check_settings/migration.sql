-- Thresholds of the checks and limits of the estimation, as they were set. What is absent holds as the program ships it.

alter table settings_version
  add column checks jsonb not null default '{}',
  add column estimation jsonb not null default '{}',
  add constraint settings_version_checks_check check (jsonb_typeof(checks) = 'object'),
  add constraint settings_version_estimation_check check (jsonb_typeof(estimation) = 'object');
comment on column settings_version.checks is 'Thresholds of the checks of the meter data, by check and name.';
comment on column settings_version.estimation is 'Limits of the estimation of gaps, by method and name.';

alter table meter_version
  add column agreed_capacity_kva numeric,
  add constraint meter_version_agreed_capacity_kva_check check (agreed_capacity_kva > 0);
comment on column meter_version.agreed_capacity_kva is 'Agreed supply capacity of an electricity connection.';
