#!/usr/bin/env node
// Starts Beckon from a checkout: installs and builds what is missing, then hands over to the pinned Node.
//
//   beckon.mjs COMMAND …     a command of gateway/cli, such as: beckon.mjs start --json
//   beckon.mjs run FILE …    a program of this repository, such as: beckon.mjs run loadtest/bench.ts append
//
// This file is read by whatever Node the machine has, so its syntax is old, and what is newer is imported late.
if (Number(process.versions.node.split(".")[0]) < 20) {
  console.error(`Beckon needs Node 20 or newer; this is ${process.version}. See https://nodejs.org/`);
  process.exitCode = 1;
} else {
  void import("./launch/launch.mjs").then((launcher) => launcher.launch(process.argv.slice(2)));
}
