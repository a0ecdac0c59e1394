/** The token report on a local web page while the run goes on. */
package dev.gatlingllm.report.live;
