/**
 * How machines that make one load begin at one instant: what their clocks are apart, and where they
 * wait for one another.
 */
package dev.gatlingllm.together;
