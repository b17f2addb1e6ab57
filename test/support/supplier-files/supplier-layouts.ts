import { LAYOUTS_BY_END, LAYOUTS_BY_START_WITH_FLAGS } from './layouts-by-end.ts';
import { LAYOUTS_BY_START } from './layouts-by-start.ts';
import { LAYOUTS_COUNTED } from './layouts-counted.ts';
import { LAYOUTS_OF_READING_ROWS } from './layouts-reading-rows.ts';
import type { SupplierLayout } from './supplier-layout.ts';

/**
 * Layouts of real files of UK suppliers and data collectors. Names, headers, forms of dates and lines above the header
 * are those of the public feed settings of the Energy Sparks project; what the cells beside the values hold is not in
 * these and is supposed here.
 */
export const SUPPLIER_LAYOUTS: readonly SupplierLayout[] = [
  ...LAYOUTS_BY_END,
  ...LAYOUTS_BY_START_WITH_FLAGS,
  ...LAYOUTS_BY_START,
  ...LAYOUTS_COUNTED,
  ...LAYOUTS_OF_READING_ROWS,
];
