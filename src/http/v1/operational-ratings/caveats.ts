/** What has to stand beside an indicative rating wherever it is shown (rule J). */
export const CAVEATS = [
  'Indicative operational rating. Not a Display Energy Certificate: those are produced by an accredited assessor.',
  'Unadjusted: hours of use, degree days, mixed uses, separable energy and on-site renewables are not allowed for.',
  'A kWh counts 0.55 kg of CO2 where it is electricity and 0.194 kg where it is fossil-thermal, on both sides. These are fixed by the method and are no emission factors of a year.',
  'The benchmark is the one that the operator uploaded, and the floor area the gross internal one that is recorded; neither was checked by an assessor.',
] as const;
