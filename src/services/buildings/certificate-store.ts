import type { Certificate } from '../../domain/buildings/certificate.ts';

/** Keeps the register of certificates. `atSeq` null: as it stands now. */
export type CertificateStore = {
  /**
   * Replaces a certificate, or makes it. The same again writes nothing.
   * @throws Refusal `invalid-request` where there is no such site.
   */
  write(certificate: Certificate, principal: string): Promise<{ created: boolean }>;
  /** Ends a certificate; false where there is none. */
  end(rrn: string, principal: string): Promise<boolean>;
  /** The register, or what it has of one site, by number. */
  all(site: string | null, atSeq: string | null): Promise<Certificate[]>;
};
