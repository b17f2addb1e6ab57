/** Bytes of a kept file that stand in one block, the last excepted: byte n is in block n / KEPT_BLOCK_BYTES. */
export const KEPT_BLOCK_BYTES = 1024 * 1024;
