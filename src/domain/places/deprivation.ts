/** What is printed wherever figures stand by decile (rule K). */
export const DEPRIVATION_NOTE =
  "Where the council's buildings stand, by how deprived the small area around them is in England as a whole; decile 1 is the most deprived. The index is of areas, not of people: it shows neither who uses a building nor who bears the effect of its emissions. Only what is burnt on the site (scope 1) is emitted there.";

/** Groups of fewer sites than this are marked: a figure of one or two buildings is those buildings' figure. */
export const SITES_OF_A_CELL_MIN = 3;
