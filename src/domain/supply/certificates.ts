/** What becomes of the certificates of own generation: they are kept, sold, or never issued (rule C4). */
export const CERTIFICATE_STATUSES = ['kept', 'sold', 'none'] as const;
export type CertificateStatus = (typeof CERTIFICATE_STATUSES)[number];
