/**
 * The life of one call, from its first attempt to its one end: retries, time limits,
 * classification. Knows neither Gatling nor an SDK.
 */
package dev.gatlingllm.call;
