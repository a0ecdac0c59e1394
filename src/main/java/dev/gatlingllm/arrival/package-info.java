/**
 * Arrival schedules: the instants at which the calls of an open load start, and the late ones that
 * are dropped.
 */
package dev.gatlingllm.arrival;
