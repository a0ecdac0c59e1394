/**
 * The wire formats of the simulated endpoint. Each API is a {@link
 * dev.gatlingllm.simulator.wire.WireApi} with its addresses, its requests and the format of its
 * answers, listed in {@link dev.gatlingllm.simulator.wire.WireApis}. Knows no settings, no faults
 * and no time.
 */
package dev.gatlingllm.simulator.wire;
