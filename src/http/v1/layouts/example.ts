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
  daily: false,
  label: 'end',
} as const;
