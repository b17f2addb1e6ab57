-- Kept files may be removed after a number of days; without one they are kept for ever.
alter table settings_version
  add column kept_file_days integer,
  add constraint settings_version_kept_file_days_check check (kept_file_days between 1 and 36500);

-- When the bytes of a file were removed. Its digest and length stay, as do the records of its uploads.
alter table kept_file add column removed_at timestamptz;
