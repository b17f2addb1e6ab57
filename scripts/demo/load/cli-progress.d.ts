// The part of cli-progress that is used here; the package brings no types.
declare module 'cli-progress' {
  export type Options = {
    format: string;
    hideCursor?: boolean;
    clearOnComplete?: boolean;
    stream?: NodeJS.WriteStream;
  };
  export class SingleBar {
    constructor(options: Options);
    start(total: number, value: number, payload?: Record<string, unknown>): void;
    update(value: number, payload?: Record<string, unknown>): void;
    stop(): void;
  }
}
