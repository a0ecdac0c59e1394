/** Test cases of deployments, regions and sizes, one call after another. */
package dev.gatlingllm.experiment.latency;
