/** Where the time comes from. Passed in everywhere, so that a test can hold it still. */
export type Now = () => Date;

/** The system's clock. */
export const systemNow: Now = () => new Date();

/** Waits so many milliseconds. */
export type Pause = (ms: number) => Promise<void>;

/** Waits by the system's clock; a process that has nothing else to do ends meanwhile. */
export const systemPause: Pause = (ms) =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
