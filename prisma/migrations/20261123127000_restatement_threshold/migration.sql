-- From which change on a published figure is restated: a setting of its own. Until now the threshold of a baseline did both.

alter table settings_version
  add column restatement_threshold numeric not null default 0.05,
  add constraint settings_version_restatement_threshold_check
    check (restatement_threshold >= 0 and restatement_threshold <= 1);
update settings_version set restatement_threshold = significance_threshold;
