/** What a gateway has asked its database for since it started, by its own metrics. */
export interface ReadCosts {
  readonly hellos: number;
  /** Reads of ranges of logs. */
  readonly logReads: number;
  readonly statements: number;
}

export async function readCosts(gatewayUrl: string): Promise<ReadCosts> {
  const text = await (await fetch(`${gatewayUrl}/metrics`)).text();
  const sum = (name: string): number => {
    const lines = text.split("\n").filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`));
    return lines.reduce((total, line) => total + Number(line.slice(line.lastIndexOf(" ") + 1)), 0);
  };
  return {
    hellos: sum("beckon_hellos_total"),
    logReads: sum("beckon_log_reads_total"),
    statements: sum("beckon_statements"),
  };
}
