/**
 * What is done before the load, at no cost: warming the client up, and measuring its own error on
 * this machine against a simulated endpoint whose timings are known. No Gatling.
 */
package dev.gatlingllm.calibration;
