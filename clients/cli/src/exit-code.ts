/** What scripts can rely on. `sonde run` ends with the code of its program instead. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  unreachable: 3,
  timedOut: 4,
  interrupted: 130,
} as const;

export const exitCodeHelp = `
Exit codes:
  0    done
  1    refused or failed
  2    wrong usage
  3    no server answers
  4    timed out waiting
  130  interrupted`;
