/** Long runs in which nothing may grow. */
package dev.gatlingllm.soak;
