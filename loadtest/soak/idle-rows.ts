/** Rows of the tables in which nothing may pile up while people come and go. The others have a row for each thing that was said or seen. */
import { createConnection, type RowDataPacket } from "mysql2/promise";

const history = [
  "conversations",
  "messages",
  "ordinals",
  "receipts",
  "dirty_logs",
  "visitors",
  "visits",
  "page_views",
  "visit_events",
];

/** By table. */
export async function countIdleRows(databaseUrl: string): Promise<ReadonlyMap<string, number>> {
  const connection = await createConnection(databaseUrl);
  const numbers = async (sql: string): Promise<unknown[]> => {
    const [rows] = await connection.query<RowDataPacket[]>(sql);
    return rows.map((row) => Object.values(row)[0]);
  };
  try {
    const tables = (await numbers("SHOW TABLES")).map(String).filter((name) => !history.includes(name));
    const counts = new Map<string, number>();
    for (const name of tables) counts.set(name, Number((await numbers(`SELECT count(*) FROM \`${name}\``))[0]));
    return counts;
  } finally {
    await connection.end();
  }
}
