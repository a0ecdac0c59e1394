/**
 * The face towards Gatling: protocol, action, checks, assertions and load profiles as a simulation
 * writes them. Start at {@link dev.gatlingllm.LlmDsl}.
 */
package dev.gatlingllm.gatling;
