-- The kinds of paths of a target: in a straight line, by a constant yearly rate, in steps, or year by year.
alter table target_version
  add column yearly_reduction_percent numeric,
  add column allowances jsonb not null default '[]',
  add constraint target_version_path_check check (path in ('linear', 'constantRate', 'steps', 'own')),
  add constraint target_version_yearly_reduction_percent_check
    check (yearly_reduction_percent > 0 and yearly_reduction_percent <= 100),
  add constraint target_version_allowances_check check (jsonb_typeof(allowances) = 'array');
comment on column target_version.yearly_reduction_percent is 'Yearly cut of a path of constant rate; null where its milestones say the amounts.';
comment on column target_version.allowances is 'Yearly values of an own path: period with reductionPercent or emissionsKgCo2e.';
