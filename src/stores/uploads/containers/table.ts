import type { Notice } from './text-blocks.ts';

/** One table of a delivered file, as text in UTF-8. */
export type Table = {
  /** Where it was inside the file: the name of a member or a sheet. Null for a file that is one table. */
  name: string | null;
  /** A sheet among others, or a text beside the data, may turn out to be no table of readings. */
  isOptional: boolean;
  blocks: AsyncIterable<Buffer>;
};

/** Is told that a file waits for its turn, and that it has it. */
export type OnWait = (isWaiting: boolean) => void;

/** Where something was found inside a file, and whom to tell about it. */
export type Packed = { name: string | null; notice: Notice; onWait: OnWait };

/** A table from texts that are made as they are asked for. */
export function asTable(name: string | null, isOptional: boolean, texts: Iterable<string>): Table {
  async function* blocks(): AsyncGenerator<Buffer> {
    for (const text of texts) yield Buffer.from(text);
  }
  return { name, isOptional, blocks: blocks() };
}
