/** A ladder of concurrency levels. */
package dev.gatlingllm.experiment.sweep;
