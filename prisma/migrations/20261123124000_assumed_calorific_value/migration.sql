-- The calorific value that is assumed where nobody states one becomes a setting.

alter table settings_version
  add column gas jsonb not null default '{}',
  add constraint settings_version_gas_check check (jsonb_typeof(gas) = 'object');
comment on column settings_version.gas is 'How volumes of gas are converted, by group and name.';

-- Once the setting has changed, every conversion looks up what the same volume was converted with before.
create index gas_conversion_assumed_idx on gas_conversion (meter_id) where calorific_source = 'default';
