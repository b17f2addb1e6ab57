/** Where the time comes from. Passed in everywhere, so that a test can hold it still. */
export type Now = () => Date;

/** The system's clock. */
export const systemNow: Now = () => new Date();
