/** How many tokens go into calls and come out: distributions, recorded sizes, mixes of shapes. */
package dev.gatlingllm.size;
