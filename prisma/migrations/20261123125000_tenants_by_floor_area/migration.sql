-- A tenant without a meter of their own has a share of what the main meter reads (rule D3).
alter table meter_tenant
  add column floor_area_m2 numeric(12, 2),
  add column share numeric,
  add constraint meter_tenant_floor_area_m2_check check (floor_area_m2 > 0),
  add constraint meter_tenant_share_check check (share > 0 and share <= 1),
  add constraint meter_tenant_part_check check (floor_area_m2 is null or share is null);
comment on table meter_tenant is 'A tenant from a day until another: one whose use a sub-meter measures, or one with a share of a main meter.';
comment on column meter_tenant.floor_area_m2 is 'Floor area that the tenant has of the site; its share is that of the area the site has on the day.';
comment on column meter_tenant.share is 'Share of what the main meter reads, where it is stated as such.';
