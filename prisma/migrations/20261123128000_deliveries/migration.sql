-- Fuel that is delivered: a row of its own day. How long it lasts follows from the next row of its meter.

alter table billed_period
  add column is_delivery boolean not null default false,
  add constraint billed_period_delivery_check check (not is_delivery or (end_day = start_day + 1 and volume is null));
comment on column billed_period.is_delivery is 'Fuel delivered on start_day, burnt until the next delivery or bill of the meter begins; end_day is the day after.';
create index billed_period_delivery_idx on billed_period (meter_id) where is_delivery;
