import type { AnyLayout } from './bill-layout.ts';

/**
 * A layout that an operator has settled and keeps under a name. It is an answer given beforehand: what it says is not
 * asked again.
 */
export type KeptLayout<Kind extends AnyLayout = AnyLayout> = {
  name: string;
  /** The whole header line of the files it is for; null when it is only used where it is named. */
  header: readonly string[] | null;
  layout: Kind;
};
