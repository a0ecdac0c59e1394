/** Metrics of a run for OpenTelemetry and Prometheus while it goes on. */
package dev.gatlingllm.telemetry;
