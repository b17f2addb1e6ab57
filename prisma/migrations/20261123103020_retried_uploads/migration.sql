-- Uploads that are read from the kept file: in the background, and once more. --------------------------------------

alter table upload
  add column retry_of bigint,
  add column progress jsonb,
  add constraint upload_retry_of_fkey foreign key (retry_of) references upload (id) on delete set null;
create index upload_retry_of_idx on upload (retry_of);
comment on column upload.retry_of is 'The upload whose file was read once more; both share the kept file.';
comment on column upload.progress is 'How far it is, while it is on its way; null when it is over.';
