/**
 * From settings to a client that answers: the providers' clients, the regions and the simulated
 * endpoint.
 */
package dev.gatlingllm.target;
