-- Uploads that are taken back. Nothing of them is deleted: the undo is a change of its own. -----------------------

alter table upload
  add column undone_at        timestamptz,
  add column undone_by        text,
  add column undone_change_id bigint,
  add column undo             jsonb,
  add constraint upload_undone_check
    check ((undone_at is null) = (undone_by is null) and (undone_at is null) = (undo is null)
      and (undone_change_id is null or undone_at is not null)),
  add constraint upload_undone_by_check check (length(undone_by) > 0 and length(undone_by) <= 200);
comment on column upload.undone_change_id is 'The change that took it back; null while it stands, and where nothing was left to take back.';
comment on column upload.undo is 'What taking it back did.';

-- What a change wrote lies together on disk: an index of a few pages finds it, and costs a write nothing.
create index meter_day_change_id_idx on meter_day using brin (change_id);
create index meter_day_revision_change_idx on meter_day_revision using brin (change_id, superseded_by);
create index change_upload_id_idx on change (upload_id);
