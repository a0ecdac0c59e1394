/**
 * Time: the clock, the schedule of arrivals and the timeline of one call. Uses nothing but the JDK.
 */
package dev.gatlingllm.timing;
