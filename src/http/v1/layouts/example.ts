/** A layout of files with a row for each meter and reading, as an example of the document. */
export const LAYOUT_EXAMPLE = {
  shape: 'reading-rows',
  delimiter: ',',
  headerLine: 2,
  header: ['MPAN', 'Date', 'Time', 'kWh', 'A/E'],
  columns: {
    meter: [{ index: 0, header: 'MPAN' }],
    date: { index: 1, header: 'Date' },
    time: { index: 2, header: 'Time' },
    value: { index: 3, header: 'kWh' },
    quality: { index: 4, header: 'A/E' },
  },
  qualityMeans: 'quality',
  unit: 'kwh',
  dateOrder: 'day-first',
  clock: 'local48',
  dayBasis: 'local',
  skip: [],
  resolutionMinutes: 30,
  periodNumbers: 'counted',
  daily: false,
  label: 'end',
} as const;

/** A layout of bills that print the first day after them, as an example of the document. */
export const BILL_LAYOUT_EXAMPLE = {
  shape: 'bill-rows',
  delimiter: ',',
  headerLine: 1,
  header: ['MPAN', 'Period From', 'Period To', 'kWh', 'Invoice No'],
  columns: {
    meter: [{ index: 0, header: 'MPAN' }],
    from: { index: 1, header: 'Period From' },
    to: { index: 2, header: 'Period To' },
    quantity: { index: 3, header: 'kWh' },
    invoice: { index: 4, header: 'Invoice No' },
  },
  unit: 'kwh',
  dateOrder: 'day-first',
  billEnd: 'exclusive',
} as const;
