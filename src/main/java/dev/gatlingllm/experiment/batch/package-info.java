/** Several workloads one after another, and all again on a clock. */
package dev.gatlingllm.experiment.batch;
