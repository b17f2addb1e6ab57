-- What this service estimates of days that evidence leaves open, with how. The quantity is in meter_day as well, as an
-- estimated one: figures read one table. Like meter_day it has no foreign key: the lock on the meter guards it.

create table gap_estimate (
  meter_id           integer            not null,
  day                date               not null,
  change_id          bigint             not null,
  superseded_by      bigint,
  resolution_minutes smallint           not null,
  intervals          double precision[],
  quantity           numeric            not null,
  minutes            smallint           not null,
  parts              jsonb              not null,
  constraint gap_estimate_pkey primary key (meter_id, day, change_id),
  constraint gap_estimate_superseded_check check (superseded_by > change_id),
  constraint gap_estimate_resolution_check check (resolution_minutes > 0 and resolution_minutes <= 1500),
  constraint gap_estimate_intervals_check check (intervals is not null),
  constraint gap_estimate_minutes_check check (minutes > 0 and minutes <= 1500),
  constraint gap_estimate_parts_check check (jsonb_typeof(parts) = 'array')
);
create unique index gap_estimate_current_key on gap_estimate (meter_id, day) where superseded_by is null;
comment on table gap_estimate is 'Estimates of this service by day, from change_id until superseded_by: until another estimate or until anything new was known of the day.';
comment on column gap_estimate.resolution_minutes is 'Length of an interval; 1440 where the day is estimated as a whole.';
comment on column gap_estimate.intervals is 'The estimated values at their places; null where evidence has one.';
comment on column gap_estimate.quantity is 'Sum of the estimated values.';
comment on column gap_estimate.parts is 'Method and inputs of each run of intervals: method, from, to (places from 0, to exclusive), inputs.';
