/**
 * What files of the layouts leave open, by layout and clock, where the file has both clock changes of a year. Everything
 * else is settled by the file itself. A panel gives nothing between 01:00 and 02:00: zeros there are no sign that the hour
 * did not exist, and whether a file of solar generation is in UTC or leaves hours out cannot be seen.
 */
export const EXPECTED_QUESTIONS: Readonly<Record<string, string>> = {
  'solar-for-schools utc': 'clock',
  'solar-for-schools local48-zero': 'clock',
  'solar-for-schools-new utc': 'clock',
  'solar-for-schools-new local48-zero': 'clock',
  'asl-centrica-solar utc': 'clock',
  'asl-centrica-solar local48-zero': 'clock',
  'eft-solar utc': 'clock',
  'eft-solar local48-zero': 'clock',
  'meter-online-solar utc': 'clock',
  'meter-online-solar local48-zero': 'clock',
  // The stamp is of the day on which the file was made, and no column says of which day the values are.
  'passiv-solar utc': 'rowDate',
};

/** How many files there are, and how many of them ask. */
export const EXPECTED_COUNTS = { files: 123, ask: 11 };
