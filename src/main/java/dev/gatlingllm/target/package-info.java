/**
 * From settings to a client that answers: a module for each provider, the regions and the simulated
 * endpoint.
 */
package dev.gatlingllm.target;
