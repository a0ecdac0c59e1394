/** Time: the clock and the timeline of one call. Uses nothing but the JDK. */
package dev.gatlingllm.timing;
