/**
 * The benchmark of the client: what it costs and how true its numbers are, against the simulated
 * endpoint in a process of its own. {@link dev.gatlingllm.bench.Benchmark} is where to start.
 */
package dev.gatlingllm.bench;
