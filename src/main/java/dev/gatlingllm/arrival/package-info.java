/**
 * Arrival schedules: the instants at which the calls of an open load start, and the late ones that
 * are dropped. {@code gatling.engine.PendingCall} carries the decision out.
 */
package dev.gatlingllm.arrival;
