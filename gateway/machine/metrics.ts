/** The metrics port on prom-client; names appear by their first use. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Metrics } from "../core/core.ts";

export interface ExposedMetrics extends Metrics {
  /** The text of `/metrics`. */
  expose(): Promise<string>;
  readonly contentType: string;
}

const bucketsMs = [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];

export function createMetrics(): ExposedMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "beckon_" });
  const counters = new Map<string, Counter>();
  const gauges = new Map<string, Gauge>();
  const histograms = new Map<string, Histogram>();
  return {
    count(name, by = 1, labels = {}) {
      const make = () =>
        new Counter({
          name: `beckon_${name}_total`,
          help: name,
          labelNames: Object.keys(labels),
          registers: [registry],
        });
      existing(counters, name, make).inc(labels, by);
    },
    gauge(name, value, labels = {}) {
      const make = () =>
        new Gauge({ name: `beckon_${name}`, help: name, labelNames: Object.keys(labels), registers: [registry] });
      existing(gauges, name, make).set(labels, value);
    },
    observe(name, ms) {
      const make = () =>
        new Histogram({
          name: `beckon_${name}_ms`,
          help: `${name}, milliseconds`,
          buckets: bucketsMs,
          registers: [registry],
        });
      existing(histograms, name, make).observe(ms);
    },
    expose: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

function existing<Metric>(known: Map<string, Metric>, name: string, make: () => Metric): Metric {
  const found = known.get(name);
  if (found !== undefined) return found;
  const made = make();
  known.set(name, made);
  return made;
}
