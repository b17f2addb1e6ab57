import type { CertificateInput, FuelInput } from '../../../domain/buildings/certificate-input.ts';
import { type Decimal, roundQuantity } from '../../../domain/decimal.ts';
import { answeredPeriod } from '../../../domain/figure-answer.ts';
import type { LocalDay } from '../../../domain/local-day.ts';
import type { CsvColumn } from '../../csv.ts';
import { withoutNulls } from '../../without-nulls.ts';
import { toCertificate } from '../certificates/convert.ts';
import { apportionedOf } from '../figures/convert.ts';
import type { CertificateFuelOutput, CertificateInputAnswer } from './schemas.ts';

const rounded = (quantity: Decimal | null): number | null => (quantity === null ? null : roundQuantity(quantity));

function toFuel({ flow, consumptionKwh, metered, selfUseKwh, ...fuel }: FuelInput): CertificateFuelOutput {
  return {
    ...fuel,
    ...(flow !== 'use' && { flow }),
    consumptionKwh: rounded(consumptionKwh),
    metered: { value: rounded(metered.value), unit: metered.unit },
    ...(selfUseKwh !== null && { selfUseKwh: roundQuantity(selfUseKwh) }),
  };
}

/** The assessor's input for its answer. */
export function toCertificateInput(input: CertificateInput, today: LocalDay): CertificateInputAnswer {
  const { site, period, floorAreas, nominatedBy, fuels, previous, notices } = input;
  const { uprn, postcode, category } = site;
  return {
    period: answeredPeriod(period, today),
    site: site.key,
    name: site.name,
    ...withoutNulls({ uprn, postcode, category }),
    floorAreas: floorAreas.map(withoutNulls),
    nominatedBy,
    fuels: fuels.map(toFuel),
    previousCertificates: previous.map(toCertificate),
    notices: [...notices],
  };
}

/** One fuel of the input as CSV gives it. */
export type CertificateInputRow = CertificateFuelOutput & { site: string; floorAreaM2: number | null };

/** The fuels of an input, one a row; the floor area where there is one alone. */
export function certificateInputRows({ site, floorAreas, fuels }: CertificateInputAnswer): CertificateInputRow[] {
  const [only, second] = floorAreas;
  const floorAreaM2 = only !== undefined && second === undefined ? only.areaM2 : null;
  return fuels.map((fuel) => ({ ...fuel, site, floorAreaM2 }));
}

/** The columns of the input as CSV. */
export const CERTIFICATE_INPUT_COLUMNS: readonly CsvColumn<CertificateInputRow>[] = [
  { header: 'site', value: (row) => row.site },
  { header: 'floorAreaM2', value: (row) => row.floorAreaM2 },
  { header: 'fuel', value: (row) => row.fuel },
  { header: 'activity', value: (row) => row.activity },
  { header: 'flow', value: (row) => row.flow ?? 'use' },
  { header: 'consumptionKwh', value: (row) => row.consumptionKwh },
  { header: 'startDay', value: (row) => row.startDay },
  { header: 'lastDay', value: (row) => row.lastDay },
  { header: 'estimate', value: (row) => row.estimate },
  { header: 'metered', value: (row) => row.metered.value },
  { header: 'meteredUnit', value: (row) => row.metered.unit },
  { header: 'selfUseKwh', value: (row) => row.selfUseKwh },
  { header: 'coverageActual', value: (row) => row.coverage?.actual },
  { header: 'coverageEstimated', value: (row) => row.coverage?.estimated },
  { header: 'coverageMissing', value: (row) => row.coverage?.missing },
  { header: 'coverageApportioned', value: (row) => apportionedOf(row.coverage) },
];
