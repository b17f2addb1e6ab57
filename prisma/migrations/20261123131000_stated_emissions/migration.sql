-- Emissions that no meter here measures, such as those of the fleet, are records with versions, too.

alter table supply_record drop constraint supply_record_kind_check;
alter table supply_record add constraint supply_record_kind_check
  check (kind in ('heat-network', 'instrument', 'residual-mix', 'other-emission'));
comment on table supply_record is 'Identity of a record that is kept whole: a heat network, an instrument, a residual mix, or stated emissions.';
comment on column supply_record_version.document is 'Its content, as it was checked when it was written; factors are kilograms per kWh, amounts kilograms.';
