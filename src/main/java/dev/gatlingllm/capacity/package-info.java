/**
 * The search for the greatest load at which every limit holds: which load to try next, when a probe
 * has told enough, and what all probes together say.
 */
package dev.gatlingllm.capacity;
