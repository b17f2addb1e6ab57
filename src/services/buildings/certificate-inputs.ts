import type { Now } from '../../clock.ts';
import type { AsOf } from '../../domain/as-of.ts';
import { type CertificateInput, certificateInput } from '../../domain/buildings/certificate-input.ts';
import { energyBySite, energyQuestion } from '../../domain/buildings/site-energy.ts';
import type { Period } from '../../domain/period.ts';
import { answerFigure, type FigureDeps } from '../figures/answer-figure.ts';
import { figuresAt, knowledgeOf, momentAsked } from '../past/known-at.ts';
import type { PastStore } from '../past/past-store.ts';
import type { Sites } from '../sites.ts';
import type { Certificates } from './certificates.ts';

/** What the assessor of a certificate asks for. */
export type CertificateInputs = {
  /** @throws Refusal `unknown-site`, or as a question about consumption does. */
  ofSite(
    key: string,
    period: Period,
    asOf: string | undefined,
  ): Promise<{ input: CertificateInput; today: string; asOf: AsOf | null }>;
};

/** What an assessor's input is made of. */
export type CertificateInputDeps = {
  now: Now;
  figures: FigureDeps;
  past: PastStore;
  sites: Sites;
  certificates: Certificates;
};

/** Builds the assessor's input on the figures that anybody may ask for as consumption. */
export function createCertificateInputs(deps: CertificateInputDeps): CertificateInputs {
  return {
    async ofSite(key, period, asOf) {
      const moment = await momentAsked(deps.past, asOf);
      const known = knowledgeOf(moment, deps.now);
      const site = await deps.sites.get(key, known);
      const [{ plan, figure }, certificates] = await Promise.all([
        answerFigure(moment === null ? deps.figures : figuresAt(deps.past, moment), energyQuestion([key], period)),
        deps.certificates.ofSite(key, known),
      ]);
      const energy = energyBySite(plan, figure.rows).of(key);
      const input = certificateInput(site, energy, certificates, period, known.day);
      return { input, today: known.day, asOf: known.asOf };
    },
  };
}
