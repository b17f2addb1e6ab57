-- Dated closures of sites, such as school holidays: days that are used like no other working day.

create table closure (
  key           text   not null,
  change_id     bigint not null,
  superseded_by bigint,
  name          text   not null,
  first_day     date   not null,
  last_day      date   not null,
  sites         text[] not null,
  categories    text[] not null,
  portfolios    text[] not null,
  constraint closure_pkey primary key (key, change_id),
  constraint closure_days_check check (first_day <= last_day),
  constraint closure_scope_check check (cardinality(sites) + cardinality(categories) + cardinality(portfolios) > 0),
  constraint closure_superseded_check check (superseded_by > change_id)
);
create unique index closure_current_key on closure (key) where superseded_by is null;
comment on table closure is 'Days on which some sites are closed, as they were known from change_id until superseded_by.';
comment on column closure.last_day is 'Last day of the closure, which is part of it.';
comment on column closure.categories is 'Categories of sites that it holds for.';
comment on column closure.portfolios is 'Portfolios that it holds for, by the day.';
