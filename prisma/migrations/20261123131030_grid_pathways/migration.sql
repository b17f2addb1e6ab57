-- Series of grid factors for years to come are kept whole, with versions, as well.

alter table supply_record drop constraint supply_record_kind_check;
alter table supply_record add constraint supply_record_kind_check
  check (kind in ('heat-network', 'instrument', 'residual-mix', 'other-emission', 'measure', 'grid-pathway'));
comment on table supply_record is 'Identity of a record that is kept whole: a heat network, an instrument, a residual mix, stated emissions, a measure, or a grid pathway.';
