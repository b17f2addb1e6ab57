/**
 * Spreads totals over degree days anew, as a change of its own, where what they are spread by has changed: of one meter, of
 * the meters of a site, or of all that declare a heating share. Where all comes out as before nothing is written.
 */
export type RespreadTotals = (
  asked: { meter?: string | null; site?: string | null },
  principal: string,
) => Promise<void>;
