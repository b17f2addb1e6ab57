import { SingleBar } from 'cli-progress';

/** Shows how far the loading has come. */
export type Progress = {
  /** Begins a step of `total` parts. */
  begin(step: string, total: number): void;
  /** So many parts more are done. */
  advance(parts: number): void;
  /** Ends the step; `result` is what it came to. */
  end(result: string): void;
};

type Output = NodeJS.WriteStream;

function barProgress(output: Output): Progress {
  const format = '{step} [{bar}] {percentage}%';
  let bar = new SingleBar({ format });
  let name = '';
  let done = 0;
  return {
    begin(step, total) {
      name = step.padEnd(22);
      done = 0;
      bar = new SingleBar({ format, hideCursor: true, clearOnComplete: true, stream: output });
      bar.start(Math.max(1, total), 0, { step: name });
    },
    advance(parts) {
      done += parts;
      bar.update(done, { step: name });
    },
    end(result) {
      bar.stop();
      output.write(`${name} ${result}\n`);
    },
  };
}

function lineProgress(output: Output): Progress {
  let name = '';
  return {
    begin(step) {
      name = step;
    },
    advance() {},
    end(result) {
      output.write(`${name}: ${result}\n`);
    },
  };
}

/** A bar where somebody watches, a line a step where output goes to a file. */
export function createProgress(output: Output): Progress {
  return output.isTTY ? barProgress(output) : lineProgress(output);
}
