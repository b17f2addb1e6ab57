import { parse } from 'csv-parse';

/** Bytes that are given to the parser at a time, as a connection would. */
const BLOCK_BYTES = 64 * 1024;

/** Parses a file with csv-parse and does nothing with the records. Resolves to how many there are. */
export function parseAlone(file: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const parser = parse({ relax_column_count: true });
    let records = 0;
    parser.on('readable', () => {
      while (parser.read() !== null) records += 1;
    });
    parser.on('error', reject);
    parser.on('end', () => resolve(records));
    let at = 0;
    const feed = () => {
      while (at < file.length) {
        const block = file.subarray(at, at + BLOCK_BYTES);
        at += BLOCK_BYTES;
        if (!parser.write(block)) return void parser.once('drain', feed);
      }
      parser.end();
    };
    feed();
  });
}
