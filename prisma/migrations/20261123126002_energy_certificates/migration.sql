-- The register of display energy certificates and of the advisory reports that belong to them.

create table energy_certificate (
  rrn           text    not null,
  change_id     bigint  not null,
  superseded_by bigint,
  site_id       integer not null,
  kind          text    not null,
  issued_on     date    not null,
  nominated_on  date,
  rating        integer,
  floor_area_m2 numeric not null,
  valid_until   date,
  note          text,
  constraint energy_certificate_pkey primary key (rrn, change_id),
  constraint energy_certificate_site_id_fkey foreign key (site_id) references site (id),
  constraint energy_certificate_rrn_check check (rrn ~ '^([0-9]{4}-){4}[0-9]{4}$'),
  constraint energy_certificate_kind_check check (
    (kind = 'dec' and nominated_on is not null and rating is not null and rating >= 0)
    or (kind = 'advisory-report' and nominated_on is null and rating is null)),
  constraint energy_certificate_floor_area_check check (floor_area_m2 > 0),
  constraint energy_certificate_superseded_check check (superseded_by > change_id)
);
create unique index energy_certificate_current_key on energy_certificate (rrn) where superseded_by is null;
comment on table energy_certificate is 'A certificate or report as it was known from change_id until superseded_by.';
comment on column energy_certificate.rrn is 'Report reference number in the government''s register.';
comment on column energy_certificate.valid_until is 'Last day it is valid on, as printed; without one it follows from the floor area.';
