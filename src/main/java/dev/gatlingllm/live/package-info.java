/** Live progress: what a run says of itself while it runs. */
package dev.gatlingllm.live;
