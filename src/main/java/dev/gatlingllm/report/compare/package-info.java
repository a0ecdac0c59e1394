/**
 * Runs compared, each with the first: what changed, by how much, and whether chance could have done
 * it.
 */
package dev.gatlingllm.report.compare;
