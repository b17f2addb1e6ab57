-- Register reads come into use, and a bill says how its first and its last read were made.

alter table register_reading add column opening boolean not null default false;
comment on column register_reading.opening is 'First read of a device or register: it stands beside the last one of what it follows, on the same day.';
create unique index register_reading_current_key on register_reading (meter_id, serial, register, day, opening)
  where superseded_by is null;

alter table billed_period
  add column opening_read text,
  add column closing_read text,
  add column credits bigint,
  add constraint billed_period_opening_read_check check (opening_read in ('A', 'E')),
  add constraint billed_period_closing_read_check check (closing_read in ('A', 'E')),
  drop constraint billed_period_superseded_check,
  -- A bill and the credit note that cancels it may come in one delivery.
  add constraint billed_period_superseded_check check (superseded_by >= change_id);
comment on column billed_period.opening_read is 'A: the bill begins on an actual read. E: on an estimated one. NULL: as the bill before it ends.';
comment on column billed_period.closing_read is 'A: the bill ends on an actual read. E: on an estimated one. NULL: as its quality says.';
comment on column billed_period.credits is 'The bill that this credit note cancels; a credit note is no total of its days.';
