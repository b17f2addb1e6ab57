-- Factor sets as versions: the official file behind a set with every row of it, and when each version was in use.

alter table factor_set
  add column origin text not null default 'shipped',
  add constraint factor_set_origin_check check (origin in ('shipped', 'file', 'entered'));
comment on column factor_set.origin is 'shipped with the service, uploaded as the publisher''s file, or entered by hand.';
comment on column factor_set.activated_by is 'The newest activation; earlier ones are in factor_activation.';

create table factor_file (
  set_id     integer not null,
  change_id  bigint  not null,
  sha256     text    not null,
  file_name  text,
  bytes      integer not null,
  layout     text    not null,
  sheet      text,
  header_row integer not null,
  constraint factor_file_pkey primary key (set_id),
  constraint factor_file_set_id_fkey foreign key (set_id) references factor_set (id),
  constraint factor_file_sha256_check check (sha256 ~ '^[0-9a-f]{64}$'),
  constraint factor_file_bytes_check check (bytes > 0),
  constraint factor_file_layout_check check (layout in ('with-ids', 'without-ids')),
  constraint factor_file_header_row_check check (header_row > 0)
);
comment on table factor_file is 'The publisher''s flat file that a factor set was read from, or was found to agree with.';
comment on column factor_file.sheet is 'Sheet of the workbook with the factors; null for a CSV file.';

create table factor_row (
  set_id      integer not null,
  row_number  integer not null,
  row_id      text,
  scope       text    not null,
  level1      text    not null,
  level2      text    not null,
  level3      text    not null,
  level4      text    not null,
  column_text text    not null,
  uom         text    not null,
  ghg         text    not null,
  value       numeric,
  factor_key  text,
  constraint factor_row_pkey primary key (set_id, row_number),
  constraint factor_row_set_id_fkey foreign key (set_id) references factor_file (set_id),
  constraint factor_row_number_check check (row_number > 0)
);
create index factor_row_key_idx on factor_row (set_id, factor_key) where factor_key is not null;
comment on table factor_row is 'Every row of the publisher''s file, its texts as printed.';
comment on column factor_row.value is 'To 10 significant digits. Null is blank in the file, never zero.';
comment on column factor_row.factor_key is 'The factor of this set that the row is, or is a gas part of; null where no line takes it.';

create table factor_activation (
  change_id     bigint  not null,
  set_id        integer not null,
  key           text    not null,
  superseded_by bigint,
  reason        text,
  account       jsonb,
  end_account   jsonb,
  constraint factor_activation_pkey primary key (set_id, change_id),
  constraint factor_activation_set_id_fkey foreign key (set_id) references factor_set (id),
  constraint factor_activation_superseded_check check (superseded_by > change_id),
  constraint factor_activation_reason_check check (length(reason) > 0)
);
create unique index factor_activation_current_key on factor_activation (key) where superseded_by is null;
comment on table factor_activation is 'When figures used a version: from change_id until superseded_by. Of a key at most one at a time.';
comment on column factor_activation.account is 'What the activation changed, as it was computed before it.';
comment on column factor_activation.end_account is 'What taking it out of use without a successor changed.';

insert into factor_activation (change_id, set_id, key, superseded_by)
select f.activated_by, f.id, f.key, f.superseded_by from factor_set f where f.activated_by is not null;
