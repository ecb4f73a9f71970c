/** Country and city by address, where an .mmdb database (GeoLite2, DB-IP, IP2Location in that format) is present. */
import { type CityResponse, open } from "maxmind";
import { ConfigError } from "../config.ts";

export type FindPlace = (ipAddress: string) => { country?: string; city?: string };

/** `path` empty: nothing is known of any place. Throws {@link ConfigError} if the file cannot be read. */
export async function openPlaces(path: string): Promise<FindPlace> {
  if (path === "") return () => ({});
  try {
    const reader = await open<CityResponse>(path);
    return (ipAddress) => placeOf(reader.get(ipAddress));
  } catch (error) {
    throw new ConfigError(
      "geoDatabase",
      `BECKON_GEO_DATABASE: ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function placeOf(found: CityResponse | null): { country?: string; city?: string } {
  const country = found?.country?.iso_code;
  const city = found?.city?.names?.en;
  return { ...(country === undefined ? {} : { country }), ...(city === undefined ? {} : { city }) };
}
