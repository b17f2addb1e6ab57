/** Room for a few at a time; the others wait, in the order in which they came. */
export type Turns = {
  /** Resolves when there is room, with what gives it up; `onWait` is told when there is none at first, and when there is. */
  take(onWait: (isWaiting: boolean) => void): Promise<() => void>;
};

/** Makes room for at most `atOnceMax`. */
export function createTurns(atOnceMax: number): Turns {
  const waiting: (() => void)[] = [];
  let free = atOnceMax;
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  return {
    async take(onWait) {
      if (free > 0) free -= 1;
      else {
        onWait(true);
        await new Promise<void>((resolve) => waiting.push(resolve));
        onWait(false);
      }
      let isLeft = false;
      return () => {
        if (!isLeft) leave();
        isLeft = true;
      };
    },
  };
}
