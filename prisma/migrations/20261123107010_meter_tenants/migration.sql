-- Tenants behind sub-meters: their part is reported in a scope 3 category instead of the council's own scopes.
create table meter_tenant (
  meter_id        integer  not null,
  change_id       bigint   not null,
  ordinal         smallint not null,
  name            text     not null,
  from_day        date,
  to_day          date,
  scope3_category smallint not null,
  constraint meter_tenant_pkey primary key (meter_id, change_id, ordinal),
  constraint meter_tenant_meter_id_change_id_fkey foreign key (meter_id, change_id)
    references meter_version (meter_id, change_id) on delete cascade,
  constraint meter_tenant_ordinal_check check (ordinal >= 1),
  constraint meter_tenant_name_check check (length(name) > 0 and length(name) <= 200),
  constraint meter_tenant_days_check check (to_day > from_day),
  constraint meter_tenant_scope3_category_check check (scope3_category >= 1 and scope3_category <= 15)
);
comment on table meter_tenant is 'A tenant whose use a sub-meter measures, from a day until another.';
comment on column meter_tenant.ordinal is '1-based, in order of from_day.';
comment on column meter_tenant.to_day is 'First day no longer; null is until further notice.';
