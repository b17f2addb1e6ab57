-- What of a month comes from totals of spans (bills, register advances): an answer that cuts such totals need not add up its days.
alter table meter_month add column spread_quantity numeric;
update meter_month m set spread_quantity = s.quantity
from (
  select d.meter_id, date_trunc('month', d.day::timestamp)::date as month, sum(d.quantity) as quantity
  from meter_day d
  where d.origin in (2, 3, 4)
  group by 1, 2
) s
where m.meter_id = s.meter_id and m.month = s.month;
comment on column meter_month.spread_quantity is 'Quantity of the days that take all or a part of theirs from a bill or a register advance; null where there are none.';
