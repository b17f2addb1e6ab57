/**
 * Whether a version `v` counts: as it stands now where the parameter `seq` (such as `$2::bigint`) is null, otherwise as it
 * stood at that reading of the clock.
 */
export const knownWhen = (version: string, seq: string): string => `
  case when ${seq} is null then ${version}.superseded_by is null
    else exists (select from change h where h.id = ${version}.change_id and h.seq <= ${seq})
      and not exists (select from change h where h.id = ${version}.superseded_by and h.seq <= ${seq}) end`;
