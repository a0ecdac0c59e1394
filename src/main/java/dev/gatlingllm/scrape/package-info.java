/** Reads the metrics of model servers in Prometheus' text format. */
package dev.gatlingllm.scrape;
