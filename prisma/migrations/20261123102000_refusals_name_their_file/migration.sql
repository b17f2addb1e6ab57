-- A delivered file may hold several tables: the members of an archive, the sheets of a workbook.
alter table upload_refusal add column file text;
comment on column upload_refusal.file is 'Member of the archive or sheet of the workbook; null in a file that is one table.';
