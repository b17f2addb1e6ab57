-- A target may cover lines that are stated, such as a fleet, beside the estate.
alter table target_version add column other_emissions text[] not null default '{}';
comment on column target_version.other_emissions is 'Lines of stated emissions that the target covers beside the estate.';
