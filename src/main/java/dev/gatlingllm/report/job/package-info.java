/**
 * The judgement on a load that several machines made in shares: waits in a folder that they share
 * until all have ended, and judges their calls as those of one run.
 */
package dev.gatlingllm.report.job;
