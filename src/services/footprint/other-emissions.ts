import type { Now } from '../../clock.ts';
import type { Principal } from '../../domain/access.ts';
import { localDayOf } from '../../domain/calendar.ts';
import { checkOtherEmission, type OtherEmission, refuseOverlap } from '../../domain/footprint/other-emission.ts';
import type { ChangeConfiguration, PutOutcome } from '../change-configuration.ts';
import type { KeyedRecords } from '../keyed-records.ts';
import { type Page, type PageRequest, pageOf } from '../page.ts';
import type { Knowledge } from '../past/known-at.ts';
import { createSupplyRecords } from '../supply/supply-records.ts';
import type { SupplyReads } from '../supply/supply-store.ts';

/** Everything that is stated of emissions which no meter measures, as known at one moment (rule H8). */
export type OtherEmissionsReader = () => Promise<readonly OtherEmission[]>;

/** Stated emissions, by line and days. */
export type OtherEmissions = Omit<KeyedRecords<OtherEmission>, 'list'> & {
  /** Writes a figure. The same again changes nothing; a change keeps what it was before. */
  put(stated: OtherEmission, principal: Principal): Promise<PutOutcome<OtherEmission>>;
  /** Figures by line and first day, all of them or those of one line. */
  list(line: string | null, page: PageRequest, known: Knowledge): Promise<Page<OtherEmission>>;
};

/** Builds the use cases of stated emissions. A day of a line has one figure, so writers of them wait for each other. */
export function createOtherEmissions(reads: SupplyReads, change: ChangeConfiguration, now: Now): OtherEmissions {
  const records = createSupplyRecords(
    {
      kind: 'other-emission',
      unknown: 'unknown-other-emission',
      noun: 'figure',
      prepare: async (stated) => checkOtherEmission(stated, localDayOf(now())),
      check: async (stated, { supply }) => refuseOverlap(stated, await supply.lockKind('other-emission')),
    },
    reads,
    change,
  );
  return {
    ...records,
    async list(line, { after, limit }, { seq }) {
      const all = await reads.all('other-emission', seq);
      const asked = all.filter(
        (entry) => (line === null || entry.line === line) && (after === null || entry.key > after),
      );
      return pageOf(asked.slice(0, limit + 1), limit, ({ key }) => key);
    },
  };
}
