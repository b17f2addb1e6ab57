-- How the boundary is drawn, by date: the consolidation approach, the kind of each lease, and the portfolio of a site.

alter table settings_version add column consolidation jsonb;
update settings_version
   set consolidation = jsonb_build_array(jsonb_build_object('from', null, 'approach', consolidation_approach));
alter table settings_version
  alter column consolidation set not null,
  drop column consolidation_approach,
  add constraint settings_version_consolidation_check
    check (jsonb_typeof(consolidation) = 'array' and jsonb_array_length(consolidation) >= 1);
comment on column settings_version.consolidation is
  'Consolidation approaches in order, each from a day on; the first since ever.';

alter table site_control
  add column lease_type text,
  add constraint site_control_lease_type_check check (lease_type in ('operating', 'finance'));
comment on column site_control.lease_type is 'Kind of the lease, by which financial control decides; null where there is none or it is not known.';

alter table meter_tenant
  add column kind text not null default 'tenancy',
  add column lease_type text,
  add constraint meter_tenant_kind_check check (kind in ('tenancy', 'resale')),
  add constraint meter_tenant_lease_type_check check (lease_type in ('operating', 'finance'));
comment on column meter_tenant.kind is 'A tenancy, or energy that is sold on to somebody who rents nothing.';
comment on column meter_tenant.lease_type is 'Kind of the lease, by which financial control decides.';

create table site_portfolio (
  site_id   integer  not null,
  change_id bigint   not null,
  ordinal   smallint not null,
  from_day  date,
  portfolio text     not null,
  constraint site_portfolio_pkey primary key (site_id, change_id, ordinal),
  constraint site_portfolio_site_id_change_id_fkey foreign key (site_id, change_id)
    references site_version (site_id, change_id) on delete cascade,
  constraint site_portfolio_ordinal_check check (ordinal >= 1),
  constraint site_portfolio_from_check check (from_day is not null or ordinal = 1),
  constraint site_portfolio_portfolio_check check (length(portfolio) > 0)
);
comment on table site_portfolio is 'The portfolio a site is published in from a day on, until the next begins. A site in none has no row.';
comment on column site_portfolio.ordinal is '1-based, in order of from_day.';

insert into site_portfolio (site_id, change_id, ordinal, from_day, portfolio)
select v.site_id, v.change_id, 1, null, v.portfolio
  from site_version v
 where v.portfolio is not null;
alter table site_version drop column portfolio;
