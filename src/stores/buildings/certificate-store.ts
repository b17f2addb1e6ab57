import type pg from 'pg';
import type { Certificate, CertificateKind } from '../../domain/buildings/certificate.ts';
import { type Touched, touchedOne, touchedTogether } from '../../domain/change-log/touched.ts';
import type { LocalDay } from '../../domain/local-day.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { CertificateStore } from '../../services/buildings/certificate-store.ts';
import { ADVISORY_LOCKS } from '../advisory-locks.ts';
import { inChange, withConnection } from '../change.ts';
import { knownWhen } from '../past/known-when.ts';

const LIST = `
select k.rrn, s.key as site, k.kind, k.issued_on, k.nominated_on, k.rating, k.floor_area_m2, k.valid_until, k.note
from energy_certificate k
join site s on s.id = k.site_id
where ${knownWhen('k', '$2::bigint')} and ($1::text is null or s.key = $1)
order by k.rrn collate "C"`;

/** Held against deletion until the transaction ends. */
const HOLD_SITE = 'select s.id from site s where s.key = $1 for share';
const IS_CURRENT = 'select from site_version v where v.site_id = $1 and v.superseded_by is null';

const IS_SAME = `
select k.site_id = $2 and k.kind = $3 and k.issued_on = $4 and k.nominated_on is not distinct from $5::date
  and k.rating is not distinct from $6::integer and k.floor_area_m2 = $7
  and k.valid_until is not distinct from $8::date and k.note is not distinct from $9::text as same
from energy_certificate k
where k.rrn = $1 and k.superseded_by is null`;

const END = `
update energy_certificate k set superseded_by = $2
from site s
where s.id = k.site_id and k.rrn = $1 and k.superseded_by is null
returning s.key as site`;

const INSERT = `
insert into energy_certificate (rrn, site_id, kind, issued_on, nominated_on, rating, floor_area_m2, valid_until, note, change_id)
values ($1, $2, $3, $4, $5::date, $6::integer, $7, $8::date, $9::text, $10::bigint)`;

type Row = {
  rrn: string;
  site: string;
  kind: CertificateKind;
  issued_on: LocalDay;
  nominated_on: LocalDay | null;
  rating: number | null;
  floor_area_m2: string;
  valid_until: LocalDay | null;
  note: string | null;
};

function fromRow({ issued_on, nominated_on, floor_area_m2, valid_until, ...row }: Row): Certificate {
  return {
    ...row,
    issuedOn: issued_on,
    nominatedOn: nominated_on,
    floorAreaM2: Number(floor_area_m2),
    validUntil: valid_until,
  };
}

async function holdSite(client: pg.PoolClient, key: string): Promise<number> {
  const id = (await client.query<{ id: number }>(HOLD_SITE, [key])).rows[0]?.id;
  // A statement of its own: it must see what a deletion that was waited for has committed.
  if (id !== undefined && (await client.query(IS_CURRENT, [id])).rowCount === 1) return id;
  const detail = `site is '${key}': there is no such site`;
  throw new Refusal('invalid-request', detail, [{ pointer: '/site', code: 'unknown-site', detail }]);
}

/** A certificate, and the sites that it is or was of. */
function touchedBy(rrn: string, rows: readonly { site: string }[]): Touched {
  return touchedTogether([touchedOne('certificate', rrn), ...rows.map(({ site }) => touchedOne('site', site))]);
}

/** The register of certificates in the database. */
export function makeCertificateStore(pool: pg.Pool): CertificateStore {
  const stamp = (principal: string) => ({ kind: 'certificate' as const, principal, uploadId: null, config: false });
  const lock = `select pg_advisory_xact_lock(${ADVISORY_LOCKS.certificates})`;
  return {
    write: (certificate, principal) =>
      withConnection(pool, async (client) => {
        const { rrn, kind, issuedOn, nominatedOn, rating, floorAreaM2, validUntil, note } = certificate;
        const { result } = await inChange(client, stamp(principal), async (drawChangeId) => {
          await client.query(lock);
          const siteId = await holdSite(client, certificate.site);
          const values = [rrn, siteId, kind, issuedOn, nominatedOn, rating, floorAreaM2, validUntil, note];
          const { rows } = await client.query<{ same: boolean }>(IS_SAME, values);
          const created = rows.length === 0;
          if (rows[0]?.same === true) return { touched: null, result: { created } };
          const changeId = await drawChangeId();
          const ended = await client.query<{ site: string }>(END, [rrn, changeId]);
          await client.query(INSERT, [...values, changeId]);
          return { touched: touchedBy(rrn, [{ site: certificate.site }, ...ended.rows]), result: { created } };
        });
        return result;
      }),

    end: (rrn, principal) =>
      withConnection(pool, async (client) => {
        const { result } = await inChange(client, stamp(principal), async (drawChangeId) => {
          await client.query(lock);
          const changeId = await drawChangeId();
          const { rows } = await client.query<{ site: string }>(END, [rrn, changeId]);
          return { touched: rows.length === 0 ? null : touchedBy(rrn, rows), result: rows.length > 0 };
        });
        return result;
      }),

    async all(site, atSeq) {
      const { rows } = await pool.query<Row>({ name: 'energy-certificates', text: LIST, values: [site, atSeq] });
      return rows.map(fromRow);
    },
  };
}
