import { expect, test } from "vitest";
import { networkOf } from "./network-of.ts";

test.each([
  ["192.0.2.1", "192.0.2.1"],
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["0:0:0:0:0:FFFF:c000:0201", "192.0.2.1"],
  ["2001:db8:1:2::", "2001:db8:1:2::/64"],
  ["2001:0db8:0001:0002:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"],
  ["2001:DB8:1:2::192.0.2.1", "2001:db8:1:2::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
])("%s counts for %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test.each(["", "unknown", "a:b", "1:2:3:4:5:6:7:8:9", "1::2::3", "::12345", "::g", "1:2:3:4:5:6:7::8:9", "::1.2.3.x"])(
  "%j is no address, and counts for itself",
  (text) => {
    expect(networkOf(text)).toBe(text);
  },
);
