/** Traces replayed at the times at which they were recorded. */
package dev.gatlingllm.experiment.replay;
