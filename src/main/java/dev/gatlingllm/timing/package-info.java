/** The clock, and the timeline of one call. Uses only the JDK. */
package dev.gatlingllm.timing;
