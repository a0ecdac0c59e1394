/** The search for the load that an endpoint carries: load, probes and what they found. */
package dev.gatlingllm.experiment.capacity;
